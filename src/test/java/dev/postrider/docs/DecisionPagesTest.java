package dev.postrider.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A decision page has one form, so that a reader finds the reason at once. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DecisionPagesTest {

  private static final String LOG_OF_EXPERIMENTS = "what-we-tried.md";
  private static final Pattern SECTION = Pattern.compile("(?m)^## (.+)$");
  private static final List<String> SECTIONS =
      List.of("Question", "Decision", "Reason", "What would change our mind");

  @Test
  void each_has_a_question_a_decision_a_reason_and_what_would_change_it() throws IOException {
    List<Page> pages =
        Page.all().stream()
            .filter(page -> page.file().toString().contains("/decisions/"))
            .filter(page -> !page.file().endsWith(LOG_OF_EXPERIMENTS))
            .toList();
    assertFalse(pages.isEmpty(), "decision pages");
    for (Page page : pages) {
      List<String> sections =
          SECTION.matcher(page.text()).results().map(DecisionPagesTest::title).toList();
      assertEquals(SECTIONS, sections, page.toString());
    }
  }

  private static String title(MatchResult heading) {
    return heading.group(1);
  }
}
