package dev.postrider.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PeriodicProbeTest {

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final TestClock clock = new TestClock();
  private final List<UniEmitter<? super Void>> checks = new ArrayList<>();
  private final PeriodicProbe probe = new PeriodicProbe(INTERVAL, this::check, clock);

  private Uni<Void> check() {
    return Uni.createFrom().emitter(checks::add);
  }

  @Test
  void no_check_starts_while_one_is_running() {
    probe.run();
    probe.run();
    assertEquals(1, checks.size());
    checks.get(0).complete(null);
    probe.run();
    assertEquals(2, checks.size());
  }

  @Test
  void a_failed_check_is_followed_by_the_next() {
    probe.run();
    checks.get(0).fail(new IllegalStateException("planned"));
    probe.run();
    assertEquals(2, checks.size());
  }

  @Test
  void a_check_that_throws_is_followed_by_the_next() {
    List<String> runs = new ArrayList<>();
    PeriodicProbe throwing = new PeriodicProbe(INTERVAL, () -> thrown(runs), clock);
    throwing.run();
    throwing.run();
    assertEquals(List.of("run", "run"), runs);
  }

  private static Uni<Void> thrown(List<String> runs) {
    runs.add("run");
    throw new IllegalStateException("planned");
  }

  @Test
  void a_success_counts_for_as_long_as_is_asked() {
    assertFalse(probe.succeededWithin(INTERVAL));
    probe.run();
    assertFalse(probe.succeededWithin(INTERVAL));
    checks.get(0).complete(null);
    assertTrue(probe.succeededWithin(INTERVAL));
    clock.advance(INTERVAL);
    assertFalse(probe.succeededWithin(INTERVAL));
    assertTrue(probe.succeededWithin(INTERVAL.multipliedBy(2)));
  }

  @Test
  void a_failure_does_not_count_as_success() {
    probe.run();
    checks.get(0).fail(new IllegalStateException("planned"));
    assertFalse(probe.succeededWithin(INTERVAL));
  }

  @Test
  void none_starts_after_the_stop() {
    probe.stop();
    probe.run();
    assertEquals(0, checks.size());
  }

  @Test
  void starts_at_once_and_goes_on_until_it_is_stopped() throws InterruptedException {
    Vertx vertx = Vertx.vertx();
    CountDownLatch three = new CountDownLatch(3);
    PeriodicProbe real =
        new PeriodicProbe(
            Duration.ofMillis(1),
            () -> Uni.createFrom().item(three).invoke(CountDownLatch::countDown),
            clock);
    real.start(vertx);
    assertTrue(three.await(10, TimeUnit.SECONDS));
    real.stop();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
