package dev.postrider.api.mails;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.postrider.api.problem.ProblemException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cutting a batch: every byte of an element, and no byte more. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JsonArraySplitterTest {

  private static final List<String> ELEMENTS =
      List.of(
          "{}",
          "{\"a\":[1,{\"b\":\"]}\"}],\"c\":\"\\\"},{\"}",
          "{ \"ü\" : \"漢字 😀 \\u00e4\" }",
          "[]",
          "[[],[{}]]",
          "\"text, with [brackets] and \\\\\"",
          "\"\"",
          "-1.5e10",
          "0",
          "true",
          "null");

  private static final List<String> GAPS = List.of("", " ", "\n", "\t\r\n  ");

  private final JsonArraySplitter reader = new JsonArraySplitter();

  @Test
  void gives_every_element_byte_for_byte_whatever_stands_between() {
    Random random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      List<String> expected = new ArrayList<>();
      StringBuilder body = new StringBuilder(any(random, GAPS)).append('[');
      int count = random.nextInt(6);
      for (int i = 0; i < count; i++) {
        String element = any(random, ELEMENTS);
        expected.add(element);
        body.append(i == 0 ? "" : ",").append(any(random, GAPS)).append(element);
        body.append(any(random, GAPS));
      }
      body.append(']').append(any(random, GAPS));
      assertEquals(expected, read(body.toString(), StandardCharsets.UTF_8), body.toString());
    }
  }

  @Test
  void reads_elements_larger_than_any_buffer() {
    String large = "{\"text\":\"" + "é".repeat(300_000) + "\"}";
    assertEquals(
        List.of(large, "{}", large),
        read("[" + large + " ,{}," + large + "]", StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "{}", "7", "[", "[{}", "[{},", "[{},]", "[{}] x", "[{}][]", "[}", "[{]"})
  void refuses_what_is_no_whole_array(String body) {
    assertThrows(ProblemException.class, () -> read(body, StandardCharsets.UTF_8));
  }

  @Test
  void refuses_other_encodings_and_bottomless_nesting() {
    for (String charset : new String[] {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"}) {
      assertThrows(ProblemException.class, () -> read("[{}]", Charset.forName(charset)));
    }
    assertThrows(ProblemException.class, () -> read("[".repeat(100_000), StandardCharsets.UTF_8));
  }

  @Test
  void refuses_more_mails_than_a_batch_may_have() {
    String most = "[" + "{},".repeat(JsonArraySplitter.MAILS_MAX - 1) + "{}]";
    assertEquals(JsonArraySplitter.MAILS_MAX, read(most, StandardCharsets.UTF_8).size());
    String more = most.replaceFirst("\\[", "[{},");
    assertThrows(ProblemException.class, () -> read(more, StandardCharsets.UTF_8));
  }

  private List<String> read(String body, Charset charset) {
    return reader.split(body.getBytes(charset)).stream()
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .toList();
  }

  private static String any(Random random, List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
