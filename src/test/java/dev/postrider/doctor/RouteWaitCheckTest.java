package dev.postrider.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.delivery.route.RouteHealth;
import dev.postrider.delivery.route.TestHealths;
import dev.postrider.mail.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RouteWaitCheckTest {

  private long now;
  private final RouteHealth health = TestHealths.healthy("ses", () -> now);

  @Test
  void says_nothing_about_a_route_that_takes_mail() {
    assertEquals(List.of(), run());
  }

  @Test
  void says_why_and_how_long_a_route_waits_how_many_mails_and_what_to_do() {
    TestHealths.refuse(health, Reason.ROUTE_DOWN, "535 5.7.8 wrong", now);
    health.park();
    now += Duration.ofSeconds(20).toNanos();
    Diagnosis waits = run().get(0);
    assertEquals(Diagnosis.Grade.FAIL, waits.grade());
    assertEquals("mail of route ses", waits.subject());
    assertEquals(
        "route-down for 20 s: 535 5.7.8 wrong; 2 mails wait, the next try is in 40 s",
        waits.detail());
    assertTrue(waits.advice().contains("quarkus.mailer.ses.*"), waits.advice());
  }

  private List<Diagnosis> run() {
    return new RouteWaitCheck("ses", health).run().await().indefinitely();
  }
}
