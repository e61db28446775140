package dev.postrider.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.internet.MimeUtility;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: every encoded word can be read on its own, and none cuts what people see as one letter. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EncodedWordsTest {

  private static final String FAMILY = "👩‍👩‍👧‍👦";

  @ParameterizedTest
  @ValueSource(
      strings = {
        FAMILY,
        "👍🏽",
        "🇪🇺",
        "e\u0301\u0323",
        "हि",
        "🏳️‍🌈",
        "漢",
        "ü",
        "\uD83D\uDE00",
      })
  void never_cut_a_cluster(String cluster) throws Exception {
    for (int offset = 0; offset < 8; offset++) {
      String start = "x".repeat(offset);
      for (String word : words(start + cluster.repeat(60))) {
        String decoded = MimeUtility.decodeWord(word);
        assertEquals("", decoded.substring(decoded.indexOf(cluster)).replace(cluster, ""), word);
      }
    }
  }

  @Test
  void cut_between_code_points_where_a_cluster_is_longer_than_a_word() throws Exception {
    String pile = "a" + "\u0301".repeat(200);
    List<String> words = words(pile);
    StringBuilder decoded = new StringBuilder();
    for (String word : words) {
      decoded.append(MimeUtility.decodeWord(word));
    }
    assertEquals(pile, decoded.toString());
    assertTrue(words.size() <= 12, "fills its words: " + words.size());
  }

  @Test
  void keep_to_75_characters_a_word_and_76_a_line() {
    for (String text : List.of("ü".repeat(300), "Привет ".repeat(60), "a=?".repeat(99))) {
      for (String line : header(text).split("\r\n")) {
        assertTrue(line.length() <= 76, line);
      }
      words(text).forEach(word -> assertTrue(word.length() <= 75, word));
    }
  }

  @Test
  void take_the_shorter_of_the_two_encodings() {
    assertEquals("Subject: =?UTF-8?Q?Caf=C3=A9_au_lait?=\r\n", header("Café au lait"));
    assertEquals("Subject: =?UTF-8?B?0J/RgNC40LLQtdGC?=\r\n", header("Привет"));
  }

  @ParameterizedTest
  @ValueSource(strings = {" a", "a ", "a =?b", "\u00A0", "=?UTF-8?Q?a?="})
  void are_needed_where_plain_text_would_not_arrive(String text) throws Exception {
    assertTrue(EncodedWords.neededFor(text));
    String value = header(text).substring("Subject: ".length()).strip();
    assertEquals(text, MimeUtility.decodeText(value));
  }

  @Test
  void are_not_needed_for_plain_text() {
    assertFalse(EncodedWords.neededFor("Is 1 + 1 = 2? (yes!) \"really\""));
  }

  private static List<String> words(String text) {
    String value = header(text).substring("Subject: ".length());
    return Arrays.asList(value.strip().split("\\s+"));
  }

  private static String header(String text) {
    ByteSink sink = new ByteSink(64);
    HeaderWriter out = new HeaderWriter(sink);
    EncodedWords.write(out.field("Subject"), text);
    out.end();
    return new String(sink.toBytes(), StandardCharsets.US_ASCII);
  }
}
