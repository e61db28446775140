package dev.postrider.delivery.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.delivery.route.RouteHealth.Permit;
import dev.postrider.mail.Reason;
import dev.postrider.mail.RouteTrouble;
import dev.postrider.mail.Scope;
import dev.postrider.retry.RetryPolicy;
import dev.postrider.retry.RetrySettings;
import dev.postrider.timing.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** When a route waits, who probes it, and how long the others are parked. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RouteHealthTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final RouteTrouble REFUSED = trouble(Reason.ROUTE_DOWN, Optional.empty());
  private static final RouteTrouble GONE = trouble(Reason.CONNECTION, Optional.empty());

  private long now = Long.MAX_VALUE - SECOND.toNanos(); // The clock may overflow.
  private final List<String> told = new ArrayList<>();
  private final RouteHealth health =
      new RouteHealth(
          "ses",
          new RetryPolicy(
              new RetrySettings(12, backoff(30, 14_400), backoff(5, 300), backoff(60, 600))),
          new RouteHealth.Sources(() -> now, () -> 0.5),
          new Told());

  private static Backoff backoff(int first, int longest) {
    return new Backoff(Duration.ofSeconds(first), Duration.ofSeconds(longest));
  }

  private static RouteTrouble trouble(Reason reason, Optional<Duration> least) {
    return new RouteTrouble(Scope.ROUTE, reason, "535 5.7.8 wrong", least);
  }

  /** Notes what it is told. */
  private final class Told implements RouteListener {
    @Override
    public void waits(RouteStatus status) {
      told.add("waits");
    }

    @Override
    public void stillWaits(RouteStatus status) {
      told.add("still waits");
    }

    @Override
    public void works(RouteStatus last) {
      told.add("works");
    }
  }

  @Test
  void waits_after_three_failures_in_a_row_and_not_after_two() {
    assertEquals(Optional.empty(), fail(GONE));
    assertEquals(Optional.empty(), fail(GONE));
    assertEquals(Permit.TRY, health.enter());
    assertEquals(5 + 1, fail(GONE).orElseThrow().toMillis() / 1e3, 0.01);
    assertEquals(Permit.PARK, health.enter());
    assertEquals(List.of("waits"), told);
  }

  @Test
  void a_success_between_failures_starts_the_count_again() {
    for (int n = 0; n < 50; n++) {
      fail(GONE);
      fail(GONE);
      health.succeeded();
    }
    assertEquals(Permit.TRY, health.enter());
    assertEquals(List.of(), told);
  }

  @Test
  void counts_what_fails_together_once() {
    long started = now;
    pass(SECOND);
    for (int n = 0; n < 64; n++) {
      assertEquals(Optional.empty(), health.failed(GONE, started, false));
    }
    long later = now;
    pass(SECOND);
    health.failed(GONE, later, false);
    assertEquals(Permit.TRY, health.enter());
    health.failed(GONE, now, false);
    assertEquals(Permit.PARK, health.enter());
  }

  @Test
  void waits_after_one_failure_if_nothing_has_succeeded_for_ten_seconds() {
    long started = now;
    pass(RouteHealth.DOUBT_MAX.minusNanos(1));
    assertEquals(Optional.empty(), health.failed(GONE, started, false));
    health.succeeded();
    started = now;
    pass(RouteHealth.DOUBT_MAX);
    assertTrue(health.failed(GONE, started, false).isPresent());
  }

  @Test
  void a_success_during_a_long_try_shows_that_the_route_works() {
    long started = now;
    pass(Duration.ofSeconds(9));
    health.succeeded();
    pass(Duration.ofSeconds(9));
    assertEquals(Optional.empty(), health.failed(GONE, started, false));
  }

  /** 64 mails at a time, each twentieth meets a 421: some 50,000 mails. */
  @Test
  void never_waits_for_a_server_that_closes_one_mail_in_twenty() {
    Random random = new Random(7);
    long[] started = new long[64];
    for (int n = 0; n < 50_000; n++) {
      now += 100_000;
      int mail = random.nextInt(started.length);
      if (random.nextInt(20) == 0) {
        health.failed(GONE, started[mail], false);
      } else {
        health.succeeded();
      }
      started[mail] = now;
      assertEquals(Permit.TRY, health.enter());
    }
    assertEquals(List.of(), told);
  }

  @Test
  void lets_one_mail_probe_when_the_time_has_come_and_no_other() {
    waits(GONE);
    pass(Duration.ofSeconds(4));
    assertEquals(Permit.PARK, health.enter());
    pass(SECOND);
    assertEquals(Permit.PROBE, health.enter());
    for (int n = 0; n < 100; n++) {
      assertEquals(Permit.PARK, health.enter());
    }
    assertEquals(1, health.status().probes());
  }

  @Test
  void waits_longer_with_each_failed_probe_up_to_half_a_minute_for_a_lost_server() {
    waits(GONE);
    assertEquals(List.of(10L, 20L, 30L, 30L), probes(GONE, 4));
    assertEquals(4, health.status().waiting().orElseThrow().failedProbes());
  }

  @Test
  void waits_longer_with_each_failed_probe_up_to_five_minutes_for_a_refused_login() {
    waits(REFUSED);
    assertEquals(List.of(10L, 20L, 40L, 80L, 160L, 300L, 300L), probes(REFUSED, 7));
  }

  @Test
  void respects_the_time_that_the_server_names() {
    waits(trouble(Reason.THROTTLED, Optional.of(Duration.ofHours(1))));
    assertEquals(3_600, health.status().waiting().orElseThrow().nextProbe().toSeconds());
    health.succeeded();
    waits(trouble(Reason.THROTTLED, Optional.of(SECOND)));
    assertEquals(60, health.status().waiting().orElseThrow().nextProbe().toSeconds());
  }

  @Test
  void works_again_with_the_first_success_and_begins_with_a_short_wait_next_time() {
    waits(GONE);
    probes(GONE, 3);
    health.succeeded();
    assertEquals(Permit.TRY, health.enter());
    assertEquals(Optional.empty(), health.status().waiting());
    waits(GONE);
    assertEquals(5, health.status().waiting().orElseThrow().nextProbe().toSeconds());
    assertEquals(
        List.of("waits", "still waits", "still waits", "still waits", "works", "waits"), told);
  }

  @Test
  void mail_that_fails_while_the_route_waits_neither_probes_nor_lengthens_the_wait() {
    waits(GONE);
    Duration parked = health.failed(GONE, now, false).orElseThrow();
    assertTrue(parked.compareTo(Duration.ofSeconds(6)) >= 0, parked.toString());
    assertEquals(5, health.status().waiting().orElseThrow().nextProbe().toSeconds());
    assertEquals(List.of("waits"), told);
  }

  @Test
  void parks_mail_until_a_second_after_the_next_probe() {
    waits(GONE);
    pass(Duration.ofSeconds(2));
    health.park();
    assertEquals(4.0, health.park().toMillis() / 1e3, 0.01);
  }

  @Test
  void the_first_mail_that_is_parked_in_a_wait_comes_up_to_probe_and_not_the_one_that_failed() {
    waits(GONE);
    assertEquals(5.0, health.park().toMillis() / 1e3, 0.01);
    assertEquals(6.0, health.park().toMillis() / 1e3, 0.01);
    pass(Duration.ofSeconds(5));
    assertEquals(Permit.PROBE, health.enter());
    assertEquals(11.0, health.failed(GONE, now, true).orElseThrow().toMillis() / 1e3, 0.01);
    assertEquals(10.0, health.park().toMillis() / 1e3, 0.01);
  }

  @Test
  void spreads_the_return_of_many_mails_and_bounds_it_by_five_thousand_a_second() {
    waits(GONE);
    for (int n = 0; n < 20_000; n++) {
      health.park();
    }
    assertEquals(20_000, health.status().parked(), 2);
    assertEquals(6_000 + 2_000, health.park().toMillis(), 5, "half of four seconds later");
  }

  @Test
  void counts_a_mail_that_is_parked_again_and_again_once() {
    waits(GONE);
    List<Long> comesBack = new ArrayList<>();
    for (int n = 0; n < 20_000; n++) {
      comesBack.add(now + health.park().toNanos());
    }
    for (int round = 0; round < 3; round++) {
      pass(health.status().waiting().orElseThrow().nextProbe());
      assertEquals(Permit.PROBE, health.enter());
      health.failed(GONE, now, true);
      for (int n = 0; n < comesBack.size(); n++) {
        now = Math.max(now, comesBack.get(n));
        comesBack.set(n, now + health.park().toNanos());
      }
      assertEquals(20_000, health.status().parked(), 100);
    }
    health.succeeded();
    assertEquals(0, health.status().parked());
  }

  @Test
  void forgets_mail_that_has_come_back() {
    for (int n = 0; n < 100; n++) {
      health.park();
    }
    assertEquals(100, health.status().parked());
    pass(Duration.ofSeconds(2));
    assertEquals(0, health.status().parked());
  }

  @Test
  void parks_for_a_few_seconds_while_a_probe_takes_long() {
    waits(GONE);
    pass(Duration.ofSeconds(5));
    health.enter();
    pass(Duration.ofSeconds(60));
    assertEquals(RouteHealth.PROBE_RUNS.toMillis(), health.park().toMillis(), 5);
  }

  @Test
  void probes_again_in_a_moment_if_a_probe_said_nothing() {
    waits(GONE);
    pass(Duration.ofSeconds(5));
    assertEquals(Permit.PROBE, health.enter());
    health.probeUndecided();
    assertEquals(Permit.PARK, health.enter());
    pass(RouteHealth.MOMENT);
    assertEquals(Permit.PROBE, health.enter());
    assertEquals(0, health.status().waiting().orElseThrow().failedProbes());
  }

  @Test
  void says_how_long_ago_the_last_success_was() {
    assertEquals(Optional.empty(), health.status().sinceSuccess());
    health.succeeded();
    pass(Duration.ofSeconds(90));
    assertEquals(Optional.of(Duration.ofSeconds(90)), health.status().sinceSuccess());
  }

  private void waits(RouteTrouble trouble) {
    for (int n = 0; n < RouteHealth.FAILURES; n++) {
      fail(trouble);
    }
    assertEquals(Permit.PARK, health.enter());
  }

  private List<Long> probes(RouteTrouble trouble, int count) {
    List<Long> delays = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      pass(health.status().waiting().orElseThrow().nextProbe());
      assertEquals(Permit.PROBE, health.enter());
      health.failed(trouble, now, true);
      delays.add(health.status().waiting().orElseThrow().nextProbe().toSeconds());
    }
    return delays;
  }

  private Optional<Duration> fail(RouteTrouble trouble) {
    now++;
    return health.failed(trouble, now, false);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
