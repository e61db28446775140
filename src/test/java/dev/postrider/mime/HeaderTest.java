package dev.postrider.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.mail.Address;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: the spelling of single fields and their parts. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HeaderTest {

  private static final Address FROM = new Address(Optional.empty(), "hi@acme.test");

  @Test
  void folds_between_words_and_keeps_every_blank() {
    String text = "word  word   ".repeat(30) + "end";
    String header = field(out -> out.words(text));
    assertEquals("X: " + text + "\r\n", header.replaceAll("\r\n(?= )", ""));
    for (String line : header.split("\r\n")) {
      assertTrue(line.length() <= 76 && !line.isBlank(), line);
    }
  }

  @Test
  void writes_no_space_into_an_empty_field() {
    assertEquals("X:\r\n", field(out -> out.words("")));
  }

  @Test
  void keeps_the_first_word_beside_the_name() {
    String word = "x".repeat(200);
    assertEquals("X: " + word + "\r\n", field(out -> out.words(word)));
  }

  @Test
  void gives_a_word_of_nearly_a_thousand_characters_a_line_of_its_own() {
    String word = "x".repeat(997);
    assertEquals("X:\r\n " + word + "\r\n", field(out -> out.words(word)));
  }

  @ParameterizedTest
  @CsvSource({
    "1700000000000-0,  <1700000000000-0@acme.test>",
    "a.b.c,            <a.b.c@acme.test>",
    "a:b,              <a=3Ab@acme.test>",
    ".a,               <=2Ea@acme.test>",
    "a.,               <a=2E@acme.test>",
    "a..b,             <a=2E.b@acme.test>",
    "a=3Ab,            <a=3D3Ab@acme.test>",
  })
  void writes_any_id_as_a_dot_atom(String id, String expected) {
    assertEquals(expected, MessageId.of(id, FROM));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\r\nBcc: x@y.test", "\u00FC"})
  void refuses_an_id_that_names_nothing(String id) {
    assertThrows(IllegalArgumentException.class, () -> new Stamp(id, Instant.EPOCH));
    assertThrows(IllegalArgumentException.class, () -> new Stamp("x".repeat(201), Instant.EPOCH));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T12:10:59Z, UTC,                'Sun, 22 Nov 2026 12:10:59 +0000'",
    "2026-07-01T23:00:00Z, Europe/Vienna,      'Thu, 2 Jul 2026 01:00:00 +0200'",
    "2026-01-01T00:00:00Z, America/St_Johns,   'Wed, 31 Dec 2025 20:30:00 -0330'",
    "2026-01-01T00:00:00Z, Asia/Kathmandu,     'Thu, 1 Jan 2026 05:45:00 +0545'",
  })
  void writes_the_date_in_its_zone(Instant date, ZoneId zone, String expected) {
    assertEquals(expected, DateField.of(date, zone));
  }

  @Test
  void writes_dates_that_the_JDK_reads() {
    Random random = new Random(1);
    ZoneId zone = ZoneId.of("Australia/Lord_Howe");
    for (int i = 0; i < 1_000; i++) {
      Instant date = Instant.ofEpochSecond(random.nextLong(4_000_000_000L));
      String text = DateField.of(date, zone);
      OffsetDateTime read = OffsetDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
      assertEquals(date, read.toInstant(), text);
    }
  }

  @Test
  void writes_a_short_file_name_in_quotes() {
    assertEquals("X: a; filename=\"a \\\"b\\\".pdf\"\r\n", parameter("a \"b\".pdf"));
  }

  @Test
  void writes_a_foreign_file_name_in_percents() {
    assertEquals("X: a; filename*=UTF-8''%C3%BC%20%27.pdf\r\n", parameter("ü '.pdf"));
  }

  @Test
  void writes_a_long_file_name_in_one_piece_while_a_line_can_hold_it() {
    String ascii = "a".repeat(255);
    assertEquals("X: a;\r\n filename=\"" + ascii + "\"\r\n", parameter(ascii));
    String longest = "漢".repeat(108) + "a".repeat(7);
    String line = parameter(longest).split("\r\n")[1];
    assertEquals(997, line.length(), line);
    assertTrue(line.startsWith(" filename*=UTF-8''%E6%BC%A2"), line);
  }

  @Test
  void writes_a_longer_file_name_in_numbered_pieces() {
    String foreign = parameter("漢".repeat(108) + "a".repeat(8));
    assertTrue(foreign.contains("\r\n filename*0*=UTF-8''%E6%BC%A2"), foreign);
    assertTrue(foreign.contains(";\r\n filename*1*=%E6%BC%A2"), foreign);
  }

  @Test
  void names_boundaries_after_the_mail() {
    assertEquals(new Boundaries("1-0").next(), new Boundaries("1-0").next());
    assertNotEquals(new Boundaries("1-0").next(), new Boundaries("1-1").next());
  }

  @Test
  void names_boundaries_as_every_version_did() {
    assertEquals("=_1_1219czgfj0zm1", new Boundaries("1-0").next());
    assertEquals("=_1_3e0vzpw4txge3", new Boundaries("order-7").next()); // a hash above 2^63
  }

  @Test
  void no_boundary_is_the_beginning_of_another() {
    Boundaries boundaries = new Boundaries("1-0");
    String outer = boundaries.next();
    String inner = boundaries.next();
    assertFalse(outer.startsWith(inner) || inner.startsWith(outer));
    assertTrue(boundaries.mayOccurIn("x --" + outer));
    assertFalse(boundaries.mayOccurIn("x --=_1_else"));
  }

  private static String parameter(String value) {
    return field(
        out -> {
          out.word("a");
          Parameters.write(out, "filename", value);
        });
  }

  private static String field(Consumer<HeaderWriter> body) {
    ByteSink sink = new ByteSink(64);
    HeaderWriter out = new HeaderWriter(sink);
    out.field("X");
    body.accept(out);
    out.end();
    return new String(sink.toBytes(), StandardCharsets.US_ASCII);
  }
}
