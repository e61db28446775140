package dev.postrider.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.postrider.mail.Address;
import dev.postrider.mail.Attachment;
import dev.postrider.mail.Mail;
import dev.postrider.support.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Goal: no text forges a field or a line. Method: texts that no codec has looked at, in every place
 * of a mail; the composer refuses them or writes the fields it would have written anyway.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ComposerFuzzTest {

  private static final int CHANGES = 5_000;
  private static final int TEXTS = 6;

  private static final Stamp STAMP =
      new Stamp("1790000000000-0", Instant.parse("2026-11-22T12:10:59Z"));

  private static final Set<String> FIELDS =
      Set.of(
          "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To", "X-Own");

  private static final Pattern FIELD = Pattern.compile("(?m)^([!-9;-~]+):");

  @FuzzTest
  void composes(byte[] bytes) {
    Mail mail = mail(texts(bytes));
    byte[] message;
    try {
      message = new Composer().compose(mail, STAMP);
    } catch (IllegalArgumentException refused) {
      return;
    }
    String text = new String(message, StandardCharsets.ISO_8859_1);
    assertTrue(text.endsWith("\r\n"), "ends with CRLF");
    String bare = text.replace("\r\n", "");
    assertTrue(bare.indexOf('\r') < 0 && bare.indexOf('\n') < 0, "has no bare CR or LF");
    assertTrue(text.lines().allMatch(line -> line.length() <= HeaderWriter.LINE_LIMIT));
    assertTrue(text.chars().allMatch(c -> c < 0x80 && c != 0), "is 7-bit");
    assertEquals(FIELDS, new TreeSet<>(fields(text.substring(0, text.indexOf("\r\n\r\n")))));
  }

  @Test
  void composes_changed_seeds() {
    Seeds.of(getClass(), "composes").changed(CHANGES).forEach(this::composes);
  }

  private static List<String> fields(String header) {
    return FIELD
        .matcher(header.replace("\r\n", "\n"))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  /** A vertical bar ends a text. */
  private static String[] texts(byte[] bytes) {
    String[] found = new String(bytes, StandardCharsets.UTF_8).split("\\|", TEXTS);
    String[] texts = Arrays.copyOf(found, TEXTS);
    Arrays.setAll(texts, i -> texts[i] == null ? "x" : texts[i]);
    return texts;
  }

  private static Mail mail(String[] texts) {
    Attachment file =
        new Attachment(texts[5], new byte[] {1, 2, 3}, "application/pdf", Optional.empty());
    return new Mail(
        Optional.empty(),
        new Address(Optional.of(texts[0]), "hi@acme.test"),
        List.of(new Address(Optional.of(texts[1]), "ana@example.test")),
        List.of(),
        List.of(),
        List.of(),
        texts[2],
        new Mail.Body(Optional.of(texts[3]), Optional.of(texts[3]), List.of()),
        Optional.empty(),
        Optional.empty(),
        Map.of("X-Own", texts[4]),
        List.of(file),
        Optional.empty(),
        RandomMails.terms(),
        Map.of(),
        Map.of());
  }
}
