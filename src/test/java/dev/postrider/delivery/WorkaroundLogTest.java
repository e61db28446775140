package dev.postrider.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.LogRecords;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WorkaroundLogTest {

  private static final Route DEFAULT = new Route(Route.DEFAULT, "mail.test", 25, null);
  private static final Route BULK = new Route("bulk", "bulk.test", 587, null);

  private final AtomicLong nanoTime = new AtomicLong();
  private final WorkaroundLog workaroundLog = new WorkaroundLog(nanoTime::get);

  @ParameterizedTest
  @CsvSource({
    "CHUNKING, mail is sent by DATA, postrider.routes.bulk.chunking=false",
    "PIPELINING, commands are sent one by one, quarkus.mailer.bulk.pipelining=false",
    "AUTH PLAIN, another login mechanism is used, quarkus.mailer.bulk.auth-methods"
  })
  void says_server_failure_reaction_and_setting(String what, String instead, String setting) {
    try (LogRecords log = LogRecords.above(Level.INFO)) {
      workaroundLog.of(BULK).began(what, "503 5.5.1 <ana@x.test> no");
      String message = log.messages().get(0);
      assertTrue(message.contains("Route bulk: bulk.test:587 offers " + what), message);
      assertTrue(message.contains(instead) && message.contains(setting), message);
      assertTrue(message.contains("503 5.5.1") && !message.contains("ana@"), message);
    }
  }

  @Test
  void the_default_route_has_its_settings_without_a_name() {
    try (LogRecords log = LogRecords.above(Level.INFO)) {
      workaroundLog.of(DEFAULT).began("PIPELINING", "lost");
      assertTrue(log.messages().get(0).contains("quarkus.mailer.pipelining=false"));
    }
  }

  @Test
  void says_it_once_an_hour_for_each_route_and_extension() {
    try (LogRecords log = LogRecords.above(Level.INFO)) {
      workaroundLog.of(BULK).began("CHUNKING", "lost");
      nanoTime.set(1);
      workaroundLog.of(BULK).began("CHUNKING", "lost"); // another event loop
      assertEquals(1, log.messages().size());
      workaroundLog.of(BULK).began("PIPELINING", "lost");
      workaroundLog.of(DEFAULT).began("CHUNKING", "lost");
      assertEquals(3, log.messages().size());
      nanoTime.set(Duration.ofHours(1).toNanos());
      workaroundLog.of(BULK).began("CHUNKING", "lost");
      assertEquals(4, log.messages().size());
    }
  }
}
