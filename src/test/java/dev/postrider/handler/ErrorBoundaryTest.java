package dev.postrider.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.LogRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ErrorBoundaryTest {

  private final AtomicLong clock = new AtomicLong();
  private final HandlerErrors errors = new HandlerErrors(clock::get);
  private final List<Throwable> ended = new ArrayList<>();
  private final ErrorBoundary boundary = new ErrorBoundary("smtp", errors, ended::add);

  @Test
  void what_a_handler_throws_ends_what_it_serves_and_is_counted() {
    Error error = new StackOverflowError("secret of bob@x.test");
    boundary.handler("read", event -> thrown(error)).handle("bytes");
    boundary.run("timer", () -> thrown(new IllegalStateException()));
    boundary.handler("read", event -> {}).handle("bytes");
    assertEquals(error, ended.get(0));
    assertEquals(2, ended.size());
    assertEquals(2, errors.counts().get("smtp"));
    assertEquals(0, errors.counts().get("redis"));
  }

  @Test
  void what_the_end_throws_goes_no_further() {
    new ErrorBoundary("redis", errors, ErrorBoundaryTest::thrownAgain)
        .run("reply", () -> thrown(new IllegalStateException()));
    assertEquals(2, errors.counts().get("redis"));
  }

  @Test
  void is_logged_once_per_interval_and_handler_with_its_place_and_without_its_message() {
    try (LogRecords log = LogRecords.above(Level.INFO)) {
      for (int second = 0; second < 120; second++) {
        clock.set(Duration.ofSeconds(second).toNanos());
        boundary.run("read", () -> thrown(new IllegalStateException("bob@x.test")));
      }
      boundary.run("close", () -> thrown(new IllegalStateException("bob@x.test")));
      assertEquals(3, log.messages().size(), log.messages().toString());
      String second = log.messages().get(1);
      assertTrue(second.contains("(ErrorBoundaryTest.java:"), second);
      assertTrue(second.contains("(59 more since the last message)"), second);
      assertTrue(log.messages().stream().noneMatch(line -> line.contains("bob")));
    }
  }

  private static void thrown(Throwable error) {
    if (error instanceof Error serious) {
      throw serious;
    }
    throw (RuntimeException) error;
  }

  private static void thrownAgain(Throwable error) {
    throw new IllegalStateException(error);
  }
}
