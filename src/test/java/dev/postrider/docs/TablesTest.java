package dev.postrider.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.postrider.api.problem.ProblemType;
import dev.postrider.mail.Reason;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The tables of events and of errors have a row for each thing there is, and no other. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TablesTest {

  private static final Page EVENTS = Page.of("reference/events.md");
  private static final Page ERRORS = Page.of("reference/errors.md");

  /** Names in the first column, in code. */
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");

  @Test
  void every_type_and_every_field_of_an_event_is_there() throws Exception {
    assertEquals(DocumentedEventFields.types(), rows(EVENTS, "## Types"));
    assertEquals(DocumentedEventFields.names(), rows(EVENTS, "## Fields"));
  }

  @Test
  void every_reason_and_every_problem_is_there() {
    assertEquals(words(Reason.values(), ""), rows(ERRORS, "## Reasons"));
    assertEquals(words(ProblemType.values(), "/problems/"), rows(ERRORS, "## Problems"));
  }

  private static Set<String> words(Enum<?>[] values, String prefix) {
    return Arrays.stream(values)
        .map(value -> prefix + value.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> rows(Page page, String heading) {
    String section = page.text().substring(page.text().indexOf(heading) + heading.length());
    return section
        .split("\n## ")[0]
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split("\\|")[1])
        .flatMap(cell -> NAME.matcher(cell).results())
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
