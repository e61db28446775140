package dev.postrider.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pages use one word for one thing, those of the glossary, and words that every reader knows. What
 * is generated from the program is written there.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlainWordsTest {

  private static final List<String> GENERATED = List.of("<!-- From ", "\n## Commands\n");

  private static final List<String> AVOIDED =
      List.of(
          "octets?",
          "whoever",
          "whatever",
          "nobody",
          "somebody",
          "anybody",
          "anew",
          "in hand",
          "heirs?",
          "inherits?",
          "estate",
          "graves?",
          "buried",
          "(HTTP|front) door",
          "stock (mail )?(client|transport|mailer)",
          "slip of the pen",
          "lazier",
          "is void",
          "mend(s|ed|ing)?",
          "dials?|dial(l)?ed",
          "the house",
          "HTTP interface");

  private static final Pattern FOUND =
      Pattern.compile(
          "(?<![/.`\\w-])(" + String.join("|", AVOIDED) + ")(?![\\w-])", Pattern.CASE_INSENSITIVE);

  static List<Page> pages() throws IOException {
    return Page.all();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void no_page_uses_a_word_that_is_avoided(Page page) {
    List<String> found =
        FOUND.matcher(written(page.text())).results().map(MatchResult::group).toList();
    assertEquals(List.of(), found, page.toString());
  }

  private static String written(String text) {
    int end =
        GENERATED.stream()
            .mapToInt(text::indexOf)
            .filter(at -> at >= 0)
            .min()
            .orElse(text.length());
    return text.substring(0, end);
  }
}
