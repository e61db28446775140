package dev.postrider.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** W3C Trace Context: whatever is not exactly that is as good as nothing. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TraceParentTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00-" + TRACE + "-" + SPAN + "-01",
        "00-" + TRACE + "-" + SPAN + "-03",
        "01-" + TRACE + "-" + SPAN + "-01-what a later version adds"
      })
  void reads_a_trace_that_is_recorded(String text) {
    assertEquals(Optional.of(new TraceParent(TRACE, SPAN)), TraceParent.parseSampled(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-" + TRACE + "-" + SPAN + "-00",
        "ff-" + TRACE + "-" + SPAN + "-01",
        "00-00000000000000000000000000000000-" + SPAN + "-01",
        "00-" + TRACE + "-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01",
        "00-" + TRACE + "-" + SPAN + "-01\n",
        "00-" + TRACE + "-" + SPAN + "-xx"
      })
  void takes_everything_else_for_none(String text) {
    assertEquals(Optional.empty(), TraceParent.parseSampled(text));
  }

  @Test
  void takes_no_more_time_for_a_long_text() {
    String text = "00-" + TRACE + "-" + SPAN + "-01-" + "x".repeat(1_000_000);
    assertEquals(Optional.empty(), TraceParent.parseSampled(text));
  }
}
