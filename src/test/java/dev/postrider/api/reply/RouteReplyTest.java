package dev.postrider.api.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.delivery.route.RouteHealth;
import dev.postrider.delivery.route.TestHealths;
import dev.postrider.mail.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RouteReplyTest {

  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

  private long now;
  private final RouteHealth health = TestHealths.healthy("ses", () -> now);

  @Test
  void says_of_a_healthy_route_when_it_last_took_a_mail() {
    assertNull(reply().lastSuccess());
    health.succeeded();
    now += Duration.ofMinutes(5).toNanos();
    assertEquals("healthy", reply().state());
    assertEquals("2026-11-28T11:55:00Z", reply().lastSuccess());
    assertNull(reply().reason());
    assertNull(reply().nextProbe());
  }

  @Test
  void says_of_a_waiting_route_since_when_why_and_when_it_is_tried_again() {
    TestHealths.refuse(health, Reason.THROTTLED, "450 4.2.1 slower", now);
    now += Duration.ofSeconds(20).toNanos();
    RouteReply reply = reply();
    assertEquals("waiting", reply.state());
    assertEquals("throttled", reply.reason());
    assertEquals("450 4.2.1 slower", reply.reply());
    assertEquals("2026-11-28T11:59:40Z", reply.since());
    assertEquals("2026-11-28T12:00:40Z", reply.nextProbe());
    assertEquals(0, reply.failedProbes());
    assertEquals(1, reply.waiting());
    assertTrue(reply.advice().startsWith("The server asks for less mail."), reply.advice());
  }

  private RouteReply reply() {
    return RouteReply.of(health.status(), List.of(), NOON);
  }
}
