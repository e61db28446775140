package dev.postrider.delivery;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.LogRecords;
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

  @ParameterizedTest
  @CsvSource({
    "CHUNKING, mail is sent by DATA, postrider.routes.bulk.chunking=false",
    "PIPELINING, commands are sent one by one, quarkus.mailer.bulk.pipelining=false",
    "AUTH PLAIN, another login mechanism is used, quarkus.mailer.bulk.auth-methods"
  })
  void says_server_failure_reaction_and_setting(String what, String instead, String setting) {
    try (LogRecords log = LogRecords.above(Level.INFO)) {
      WorkaroundLog.of(BULK).began(what, "503 5.5.1 <ana@x.test> no");
      String message = log.messages().get(0);
      assertTrue(message.contains("Route bulk: bulk.test:587 offers " + what), message);
      assertTrue(message.contains(instead) && message.contains(setting), message);
      assertTrue(message.contains("503 5.5.1") && !message.contains("ana@"), message);
    }
  }

  @Test
  void the_default_route_has_its_settings_without_a_name() {
    try (LogRecords log = LogRecords.above(Level.INFO)) {
      WorkaroundLog.of(DEFAULT).began("PIPELINING", "lost");
      assertTrue(log.messages().get(0).contains("quarkus.mailer.pipelining=false"));
    }
  }
}
