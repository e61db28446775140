package dev.postrider.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WarnLimitTest {

  private final TestClock clock = new TestClock();
  private final WarnLimit limit = new WarnLimit(Duration.ofSeconds(5), clock);
  private final List<String> logged = new ArrayList<>();

  @Test
  void the_first_problem_is_logged_at_once() {
    limit.warn(logged::add);
    assertEquals(List.of(""), logged);
  }

  @Test
  void one_line_per_interval_says_how_many_were_suppressed() {
    limit.warn(logged::add);
    clock.advance(Duration.ofSeconds(4));
    limit.warn(logged::add);
    limit.warn(logged::add);
    clock.advance(Duration.ofSeconds(1));
    limit.warn(logged::add);
    clock.advance(Duration.ofSeconds(5));
    limit.warn(logged::add);
    assertEquals(List.of("", " (2 more since the last message)", ""), logged);
  }

  @Test
  void after_the_end_the_next_problem_is_logged_at_once() {
    limit.warn(logged::add);
    limit.warn(logged::add);
    assertTrue(limit.end());
    limit.warn(logged::add);
    assertEquals(List.of("", ""), logged);
  }

  @Test
  void only_a_logged_problem_ends() {
    assertFalse(limit.end());
    limit.warn(logged::add);
    assertTrue(limit.end());
    assertFalse(limit.end());
  }
}
