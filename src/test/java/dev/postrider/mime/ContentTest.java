package dev.postrider.mime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: the three transfer encodings, to the byte. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ContentTest {

  private static final Boundaries BOUNDARIES = new Boundaries("1-0");

  @ParameterizedTest
  @ValueSource(strings = {"", "Hello", "a\nb\n", "a\tb", " indented", "a.b", "Dear From"})
  void plain_text_travels_as_it_is(String text) {
    Content content = TextContent.of(text, BOUNDARIES);
    assertEquals("7bit", content.encoding());
    assertEquals(text.replace("\n", "\r\n"), written(content));
  }

  @Test
  void every_kind_of_line_break_becomes_CRLF() {
    String text = "a\r\nb\rc\nd\r\re\n\r";
    String expected = "a\r\nb\r\nc\r\nd\r\n\r\ne\r\n\r\n";
    assertEquals(expected, written(TextContent.of(text, BOUNDARIES)));
    assertEquals(expected + "=C3=BC", written(new QuotedPrintable(utf8("a\nb\nc\nd\n\ne\n\nü"))));
    String base64 = written(Base64Lines.ofText(utf8("a\nb\nc\nd\n\ne\n\n")));
    assertEquals(expected, new String(Base64.getMimeDecoder().decode(base64)));
  }

  @Test
  void plain_text_is_encoded_where_something_on_the_way_would_alter_it() {
    assertEncoded("quoted-printable", "a line\n.a dot at the start of another line");
    assertEncoded("quoted-printable", "a line\nFrom here to there, and back again");
    assertEncoded("quoted-printable", "x".repeat(999));
    assertEncoded("quoted-printable", "a NUL \0 in the middle of a line of text");
    assertEncoded("quoted-printable", "an escape \u001B[31m and a form feed \f in a line of text");
    assertEncoded("quoted-printable", "a DEL \u007F in the middle of a line of text");
    assertEncoded("quoted-printable", "a boundary --" + BOUNDARIES.next() + " in a line of text");
    assertEquals("7bit", TextContent.of("x".repeat(998), BOUNDARIES).encoding());
  }

  @Test
  void other_text_travels_in_the_smaller_encoding() {
    assertEncoded("quoted-printable", "Ein Satz, in dem ein Umlaut für alle steht.");
    assertEncoded("base64", "Привет, как дела?");
  }

  private static void assertEncoded(String encoding, String text) {
    assertEquals(encoding, TextContent.of(text, BOUNDARIES).encoding(), text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "a=b|a=3Db",
        "a |a=20",
        "a\t|a=09",
        "a b|a b",
        ".a|=2Ea",
        "a.|a.",
        ".|=2E",
        "From me|=46rom me",
        "From|From",
        "Fromage|Fromage",
        "ü|=C3=BC",
      })
  void quoted_printable_escapes_what_must_not_stand_there(String text, String expected) {
    assertEquals(expected, written(new QuotedPrintable(utf8(text))));
  }

  @Test
  void quoted_printable_breaks_lines_at_76() {
    assertEquals("x".repeat(76), quotedPrintable("x".repeat(76)));
    assertEquals("x".repeat(75) + "=\r\nxx", quotedPrintable("x".repeat(77)));
    assertEquals("x".repeat(75) + "=\r\n=20", quotedPrintable("x".repeat(75) + " "));
    assertEquals("x".repeat(73) + "=20", quotedPrintable("x".repeat(73) + " "));
    assertEquals("x".repeat(75) + "=\r\n=2Ey", quotedPrintable("x".repeat(75) + ".y"));
    assertEquals("x".repeat(75) + "=\r\n=46rom y", quotedPrintable("x".repeat(75) + "From y"));
    assertEquals("x".repeat(73) + "=\r\n=C3=BCx", quotedPrintable("x".repeat(73) + "üx"));
  }

  @Test
  void quoted_printable_reads_back() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      String text = randomText(random);
      String encoded = quotedPrintable(text);
      byte[] decoded =
          new QuotedPrintableInputStream(
                  new ByteArrayInputStream(encoded.getBytes(StandardCharsets.US_ASCII)))
              .readAllBytes();
      assertEquals(text.replace("\n", "\r\n"), new String(decoded, StandardCharsets.UTF_8));
      for (String line : encoded.split("\r\n")) {
        assertTrue(line.length() <= 76, line);
        assertFalse(line.startsWith(".") || line.startsWith("From "), line);
        assertFalse(line.endsWith(" ") || line.endsWith("\t"), line);
      }
    }
  }

  private static String randomText(Random random) {
    int[] alphabet = "xxxxxxxxxx. \t\n=FromüЖ漢😀".codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(400); length > 0; length--) {
      text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
    }
    return text.toString();
  }

  @Test
  void base64_has_lines_of_76_and_reads_back() {
    Random random = new Random(1);
    for (int length = 0; length < 400; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      String encoded = written(new Base64Lines(bytes));
      assertTrue(encoded.matches("([^\r\n]{76}\r\n)*[^\r\n]{0,76}"), encoded);
      assertArrayEquals(bytes, Base64.getMimeDecoder().decode(encoded));
    }
  }

  private static String quotedPrintable(String text) {
    return written(new QuotedPrintable(utf8(text)));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String written(Content content) {
    ByteSink sink = new ByteSink(0);
    content.write(sink);
    return new String(sink.toBytes(), StandardCharsets.US_ASCII);
  }
}
