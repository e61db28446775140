package dev.postrider.redis.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.LogRecords;
import dev.postrider.timing.TestClock;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FatalErrorsTest {

  private final TestClock clock = new TestClock();
  private final FatalErrors errors = new FatalErrors(clock);

  private void occurs(String reply) {
    errors.record(Request.cmd(Command.GET).arg("mail:{q}:paused"), ErrorType.create(reply));
  }

  @Test
  void an_error_is_the_reason_until_ten_seconds_after_its_last_occurrence() {
    occurs("WRONGTYPE Operation against a key");
    clock.advance(Duration.ofSeconds(9));
    String reason = errors.reason().orElseThrow();
    assertTrue(reason.startsWith("WRONGTYPE Operation against a key (mail:{q}:paused): "), reason);
    occurs("WRONGTYPE Operation against a key");
    clock.advance(Duration.ofSeconds(9));
    assertTrue(errors.reason().isPresent());
    clock.advance(Duration.ofSeconds(1));
    assertEquals(Optional.empty(), errors.reason());
  }

  @Test
  void an_error_that_passes_by_itself_is_no_reason() {
    occurs("LOADING Redis is loading the dataset in memory");
    assertEquals(Optional.empty(), errors.reason());
  }

  @Test
  void an_error_that_lasts_is_logged_every_minute() {
    try (LogRecords records = LogRecords.above(Level.FINE)) {
      for (int second = 0; second <= 60; second++) {
        occurs("NOPERM no permission");
        clock.advance(Duration.ofSeconds(1));
      }
      assertEquals(2, records.messages().size(), records.messages().toString());
      assertTrue(records.messages().get(1).endsWith("(59 more since the last message)"));
    }
  }

  @Test
  void an_error_that_comes_back_is_logged_at_once() {
    try (LogRecords records = LogRecords.above(Level.FINE)) {
      occurs("NOPERM no permission");
      clock.advance(Duration.ofSeconds(10));
      occurs("NOPERM no permission");
      assertEquals(2, records.messages().size(), records.messages().toString());
    }
  }
}
