package dev.postrider.mime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.MailLimits;
import dev.postrider.mail.json.MailCodec;
import dev.postrider.mime.ReadMail.ReadFile;
import dev.postrider.mime.ReadMail.ReadForm;
import dev.postrider.support.ForeignPrograms;
import dev.postrider.support.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: what stands in the JSON of a mail is what a reader sees, or it is refused with its place
 * and what to do. Method: generated JSON, read by the decoder, composed, and read back by parsers
 * that know nothing of either.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MailGrammarTest {

  private static final int MAILS = 1_500;

  private static final List<String> NAMES =
      List.of(
          "a.pdf",
          "a".repeat(76) + ".pdf",
          "a".repeat(251) + ".pdf",
          "a".repeat(252) + ".pdf",
          "two words and a \"quote\" and a back\\slash.txt",
          "two words and a \"quote\" ".repeat(10) + ".txt",
          "\u00fc".repeat(255),
          "\u6f22".repeat(255),
          "\ud83d\ude00".repeat(255),
          "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67.png",
          "\u0645\u0631\u062d\u0628\u0627.pdf",
          "a\u202etxt.exe",
          "r\u00e9sum\u00e9; filename=x.pdf",
          "it's 100% (x)=?.csv",
          "=?utf-8?q?evil?=",
          "utf-8''evil.exe",
          "CON",
          "nul.txt",
          ".htaccess",
          "a.txt.",
          " a ",
          "a/b.txt",
          "..",
          "a\nb.txt",
          "a\tb.txt",
          "a\u0000b",
          "\u0085.txt",
          "");

  private static final List<String> IDS =
      List.of("logo", "<logo>", "logo.png", "a@b.test", "<a@b.test>", "a..b", "a@", "\u00fc", "");

  private static final List<String> TYPES =
      List.of(
          "application/pdf",
          "application/pdf;",
          " Application/PDF ; ;",
          "text/csv; Charset = utf-8",
          "text/csv; x=\"a;b\"",
          "pdf",
          "multipart/mixed",
          "application/pdf; name=x");

  private static final List<String> FORMS =
      List.of(
          "text/calendar; method=REQUEST",
          "text/calendar; charset=\"utf-8\"; method=CANCEL;",
          "TEXT/x-amp-html",
          "text/html",
          "text/calendar; charset=latin1",
          "application/json");

  private static final List<String> CONTENTS =
      List.of(
          "",
          "BEGIN:VCALENDAR\n.\nFrom here\n",
          "SUMMARY:Gr\u00fc\u00dfe \ud83d\ude00\r\nX",
          "a\u0000");

  private static final List<String> ZONES = List.of("EST", "us/pacific", "Europe/Kyiv", "+02:00");

  private static final List<String> LOCALES =
      List.of("en_US", "zh_Hant_TW", "en_US.UTF-8", "POSIX");

  private final MailCodec codec = new MailCodec(MailLimits.STANDARD);
  private final Composer composer = new Composer();
  private final Random random = new Random(5322);

  @Test
  void is_read_back_by_Mime4j_or_refused_with_its_place() throws IOException {
    int accepted = 0;
    for (int i = 0; i < MAILS; i++) {
      Written written = new Written();
      try {
        ReadMail read = new Mime4jReader().read(message(written.json()));
        assertEquals(List.copyOf(written.files), sorted(read.files()), written.json());
        assertEquals(written.forms, read.forms(), written.json());
        assertEquals(ReadMail.lines(written.html.toString()), read.html(), written.json());
        accepted++;
      } catch (InvalidMail fault) {
        assertTrue(fault.pointer().startsWith("/"), written.json());
        assertFalse(fault.getMessage().isBlank(), written.json());
        assertFalse(fault.getMessage().contains("fault of Postrider"), written.json());
      }
    }
    assertTrue(accepted > MAILS / 10 && accepted < MAILS, accepted + " of " + MAILS);
  }

  @Test
  @Tag(ForeignPrograms.TAG)
  void has_file_names_that_Python_reads_back(@TempDir Path directory)
      throws IOException, InvalidMail {
    Program python = Program.needed("python3", directory);
    List<String> names = new ArrayList<>();
    for (String name : NAMES) {
      try {
        byte[] message =
            message(mail("\"attachments\":[" + file(name, "application/pdf", "") + "]"));
        Files.write(directory.resolve(names.size() + ".eml"), message);
        names.add(name);
      } catch (InvalidMail refused) {
        assertEquals("/attachments/0/filename", refused.pointer());
      }
    }
    Path expected = directory.resolve("expected");
    Files.writeString(expected, String.join("\n", names));
    python.run(
        Duration.ofSeconds(30),
        "-c",
        """
        import email, email.policy
        for i, name in enumerate(open('expected', encoding='utf-8').read().split('\\n')):
            for policy in (email.policy.default, email.policy.compat32):
                message = email.message_from_binary_file(open(f'{i}.eml', 'rb'), policy=policy)
                file = [part for part in message.walk() if part.get_filename()][0]
                name = name.strip() # as get_filename does
                assert file.get_filename() == name, (policy, name, file.get_filename())
                assert file.get_param('name'), name
        """);
    assertTrue(names.size() > NAMES.size() / 2, names.toString());
  }

  private byte[] message(String json) throws InvalidMail {
    return composer.compose(codec.decode(json.getBytes(UTF_8)), new Stamp("1-0", Instant.EPOCH));
  }

  /** The order of the files depends on which of them the HTML shows. */
  private static List<ReadFile> sorted(List<ReadFile> files) {
    return files.stream().sorted(Comparator.comparing(ReadFile::sha256)).toList();
  }

  private static String mail(String members) {
    return "{\"from\":\"hi@acme.test\",\"to\":\"ana@example.test\",\"text\":\"Hi\","
        + members
        + "}";
  }

  private static String file(String name, String type, String more) {
    return "{\"filename\":%s,\"content\":\"\",\"content_type\":%s%s}"
        .formatted(quoted(name), quoted(type), more);
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      json.append(
          c < ' ' || c == '"' || c == '\\' ? "\\u%04x".formatted((int) c) : String.valueOf(c));
    }
    return json.append('"').toString();
  }

  /** One generated mail, and what a reader must see of it if it is accepted. */
  private final class Written {

    final List<ReadFile> files = new ArrayList<>();
    final List<ReadForm> forms = new ArrayList<>();
    final StringBuilder html = new StringBuilder("<p>cid:logo</p>");
    private final StringBuilder source = new StringBuilder("<p>cid:logo</p>");
    private final List<String> attached = new ArrayList<>();
    private final List<String> alternatives = new ArrayList<>();

    Written() {
      for (int i = random.nextInt(3); i > 0; i--) {
        attach(new byte[] {(byte) i}, random.nextInt(8) == 0);
      }
      if (random.nextInt(3) == 0) {
        addForm(random.nextInt(4) == 0);
      }
    }

    private void attach(byte[] content, boolean anyValue) {
      String name = NAMES.get(random.nextInt(anyValue ? NAMES.size() : 20));
      String type = TYPES.get(random.nextInt(anyValue ? TYPES.size() : 5));
      String id = random.nextBoolean() ? "" : IDS.get(random.nextInt(anyValue ? IDS.size() : 5));
      String whole = id.replaceAll("[<>]", "");
      whole = whole.isEmpty() || whole.contains("@") ? whole : whole + "@acme.test";
      boolean shown = !id.isEmpty() && random.nextBoolean();
      if (shown) {
        source.append("<img src='cid:%s'>".formatted(id.replaceAll("[<>]", "")));
        html.append("<img src='cid:%s'>".formatted(whole));
      }
      String base64 = Base64.getEncoder().encodeToString(content);
      attached.add(
          "{\"filename\":%s,\"content\":\"%s\",\"content_type\":%s%s}"
              .formatted(
                  quoted(name),
                  base64,
                  quoted(type),
                  id.isEmpty() ? "" : ",\"content_id\":" + quoted(id)));
      String disposition = shown ? "inline" : "attachment";
      files.add(ReadFile.of(name, normal(type), whole, disposition, content));
      files.sort(Comparator.comparing(ReadFile::sha256));
    }

    private void addForm(boolean anyValue) {
      String type = FORMS.get(random.nextInt(anyValue ? FORMS.size() : 3));
      String content = CONTENTS.get(random.nextInt(anyValue ? CONTENTS.size() : 3));
      alternatives.add(
          "{\"content_type\":%s,\"content\":%s}".formatted(quoted(type), quoted(content)));
      String normal = normal(type);
      forms.add(
          new ReadForm(
              normal.contains("charset") ? normal : normal + "; charset=UTF-8",
              ReadMail.lines(content)));
    }

    /** As the header shows it. */
    private static String normal(String type) {
      return switch (type) {
        case "application/pdf;", " Application/PDF ; ;" -> "application/pdf";
        case "text/csv; Charset = utf-8" -> "text/csv; charset=utf-8";
        case "text/calendar; charset=\"utf-8\"; method=CANCEL;" ->
            "text/calendar; charset=\"utf-8\"; method=CANCEL";
        case "TEXT/x-amp-html" -> "text/x-amp-html";
        default -> type;
      };
    }

    String json() {
      return mail(
          "\"html\":%s,\"attachments\":[%s],\"alternatives\":[%s]%s%s"
              .formatted(
                  quoted(source.toString()),
                  String.join(",", attached),
                  String.join(",", alternatives),
                  member("time_zone", ZONES),
                  member("locale", LOCALES)));
    }

    /** The last of the values is refused. The choice is the same each time for one mail. */
    private String member(String key, List<String> values) {
      int index = source.length() % 20 == 0 ? values.size() - 1 : source.length() % 3;
      return ",\"%s\":%s".formatted(key, quoted(values.get(index)));
    }
  }
}
