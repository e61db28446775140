package dev.postrider.mail.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.MailLimits;
import dev.postrider.support.Hostile;
import java.nio.charset.Charset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is not one JSON object in UTF-8 is refused, wherever that shows. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JsonFaultTest {

  private static final String MAIL = "{'from':'a@b.test','to':['c@d.test'],'text':'x'}";

  private final MailCodec codec = new MailCodec(MailLimits.STANDARD);

  @Hostile("JSON")
  @TestFactory
  Stream<DynamicTest> refuses_what_is_no_object() {
    return Stream.of(
            "",
            " ",
            "\n",
            "[]",
            "[" + MAIL + "]",
            "'x'",
            "1",
            "-",
            "1e999",
            "true",
            "null",
            "nul",
            "NaN",
            "x",
            "}",
            "]",
            ",",
            "\0",
            "# x",
            "/* x */" + MAIL,
            "[".repeat(10_000))
        .map(json -> refusal("", json));
  }

  @Hostile("JSON")
  @TestFactory
  Stream<DynamicTest> refuses_what_follows_the_object() {
    return Stream.of("x", "}", ",", "{}", MAIL, "null", "\0", "\u00FC", "// x")
        .map(rest -> refusal("", MAIL + rest));
  }

  @Hostile("JSON")
  @TestFactory
  Stream<DynamicTest> points_at_the_place_reached() {
    return Stream.of(
        refusal("", "{"),
        refusal("", "{'from"),
        refusal("", "{from:'a@b.test'}"),
        refusal("", "{'\n':1}"),
        refusal("/from", "{'from'"),
        refusal("/from", "{'from':"),
        refusal("/from", "{'from':}"),
        refusal("/from", "{'from':'a@b.test"),
        refusal("/from", "{'from':'a@b.test'"),
        refusal("/from", "{'from':'a@b.test' 'to':1}"),
        refusal("/from", "{'from':'\\x'}"),
        refusal("/from", "{'from':'\\u12'}"),
        refusal("/from", "{'from':NaN}"),
        refusal("/from", "{'from':Infinity}"),
        refusal("/from", "{'from':+1}"),
        refusal("/from", "{'from':01}"),
        refusal("/from", "{'from':" + "9".repeat(100_000) + "}"),
        refusal("/from", "{'from':1e" + "9".repeat(100_000) + "}"),
        refusal("/from", "{'from':" + "[".repeat(10_000)),
        refusal("/from", "{'from':" + "{'a':".repeat(10_000)),
        refusal("/to/0", "{'to':[" + "[".repeat(10_000)),
        refusal("/to/1", "{'to':['a@b.test',]}"),
        refusal("/to/1", "{'to':['a@b.test',x"),
        refusal("/only_if/t", "{'only_if':{'t':1"),
        refusal("/only_if/t", "{'only_if':{'t':" + "9".repeat(5_000) + "}}"),
        refusal("/attachments/0/content", "{'attachments':[{'content':'AAAA"),
        refusal("/id", "{'id':'a',}"),
        refusal("", "{'" + "k".repeat(100_000) + "':1}"));
  }

  @Test
  void names_line_column_and_byte() {
    String mail = "{\n  'from': x}";

    assertEquals("not JSON at line 2, column 11 (byte 12)", refuse(mail).getMessage());
  }

  @Test
  void counts_bytes_from_the_start_of_the_part() {
    byte[] json = "xxx{\"from\": x}".getBytes(UTF_8);

    InvalidMail fault =
        assertThrows(InvalidMail.class, () -> codec.decode(json, 3, json.length - 3));

    assertEquals("not JSON at line 1, column 10 (byte 9)", fault.getMessage());
  }

  @Test
  void refuses_other_encodings() {
    for (Charset charset : List.of(UTF_16, UTF_16LE, UTF_16BE, Charset.forName("UTF-32"))) {
      assertEquals("", refuse(MAIL.replace('\'', '"').getBytes(charset)).pointer(), charset.name());
    }
    assertEquals("", refuse(("\uFEFF" + MAIL).getBytes(UTF_8)).pointer());
    assertEquals("", refuse(("\uFEFF" + MAIL).getBytes(UTF_16LE)).pointer());
  }

  @Test
  void names_the_byte_that_is_not_utf8() {
    InvalidMail fault = refuse("{'text':'caf\u00E9'}");

    assertEquals("/text", fault.pointer());
    assertEquals("not UTF-8 at byte 12", fault.getMessage());
    assertEquals("not UTF-8 at byte 0", refuse("\u00E9").getMessage());
    assertEquals("not JSON at line 1, column 1 (byte 0)", refuse("x \u00E9").getMessage());
  }

  private DynamicTest refusal(String pointer, String json) {
    String name = json.length() > 40 ? json.substring(0, 40) + "\u2026" : json;
    return dynamicTest(
        "«" + name.strip() + "»", () -> assertEquals(pointer, refuse(json).pointer()));
  }

  /** Latin-1, so that what is beyond ASCII is not UTF-8. */
  private InvalidMail refuse(String json) {
    return refuse(json.replace('\'', '"').getBytes(ISO_8859_1));
  }

  private InvalidMail refuse(byte[] json) {
    return assertThrows(InvalidMail.class, () -> codec.decode(json));
  }
}
