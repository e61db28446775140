package dev.postrider.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.Mail;
import dev.postrider.mail.MailLimits;
import dev.postrider.mail.json.MailCodec;
import dev.postrider.support.Hostile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Addresses and file names that were made to be misread. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HostileMailTest {

  private static final Path CASES = Path.of("src/test/resources/hostile");
  private static final String MAIL =
      "{\"from\":\"hi@acme.test\",\"subject\":\"x\",\"text\":\"x\",%s}";

  private final MailCodec codec = new MailCodec(MailLimits.STANDARD);
  private final Composer composer = new Composer();

  @Hostile("addresses")
  static List<String> addresses() {
    return cases("addresses.txt");
  }

  @Hostile("attachment names")
  static List<String> names() {
    return cases("names.txt");
  }

  private static List<String> cases(String file) {
    try (Stream<String> lines = Files.lines(CASES.resolve(file))) {
      return lines.filter(line -> !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("addresses")
  void takes_no_hostile_address_wherever_it_stands(String address) {
    assertThrows(InvalidMail.class, () -> decode("\"to\":[\"" + address + "\"]"));
    String recipient = "\"to\":\"a@b.test\",";
    for (String field : List.of("cc", "bcc", "reply_to", "envelope_sender")) {
      String member = recipient + "\"" + field + "\":\"" + address + "\"";
      assertThrows(InvalidMail.class, () -> decode(member), field);
    }
  }

  /** What is refused cannot do harm; what is taken arrives as the name it is, in both readers. */
  @ParameterizedTest
  @MethodSource("names")
  void lets_no_file_name_become_more_than_a_name(String name) throws IOException {
    Mail mail;
    try {
      mail =
          decode(
              "\"to\":\"a@b.test\",\"attachments\":[{\"filename\":\""
                  + name
                  + "\",\"content\":\"eA==\"}]");
    } catch (InvalidMail refused) {
      assertEquals("/attachments/0/filename", refused.pointer());
      return;
    }
    byte[] message = composer.compose(mail, new Stamp("1-0", Instant.EPOCH));
    String given = mail.attachments().get(0).filename();
    assertTrue(given.codePoints().noneMatch(Character::isISOControl), name);
    for (ReadMail.Reader reader : List.of(new AngusReader(), new Mime4jReader())) {
      ReadMail read = reader.read(message);
      assertEquals(ReadMail.expected(mail), read, reader.getClass().getSimpleName());
    }
    String text = new String(message, StandardCharsets.ISO_8859_1);
    assertTrue(!text.contains("\r\nX-Evil"), text);
    String bare = text.replace("\r\n", "");
    assertTrue(bare.indexOf('\r') < 0 && bare.indexOf('\n') < 0, "no bare CR or LF");
  }

  private Mail decode(String members) throws InvalidMail {
    return codec.decode(MAIL.formatted(members).getBytes(StandardCharsets.UTF_8));
  }
}
