package dev.postrider.worker.monitor;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.Loop;
import dev.postrider.support.redis.RedisProcess;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** An event loop that is kept from turning shows it, while it is kept and afterwards. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventLoopMonitorTest {

  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final Duration STUCK = Duration.ofMillis(300);

  private static RedisProcess server;
  private static Loop loop;

  @BeforeAll
  static void start() {
    server = RedisProcess.start();
    loop = Loop.at(server.port());
  }

  @AfterAll
  static void stop() {
    loop.close();
    server.close();
  }

  @Test
  void tells_how_long_the_loop_kept_others_waiting() throws InterruptedException {
    CountDownLatch beats = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    EventLoopMonitor eventLoopMonitor = new EventLoopMonitor(loop.context(), beats::countDown);
    loop.context().runOnContext(turn -> eventLoopMonitor.start());
    assertTrue(beats.await(BOUND.toSeconds(), TimeUnit.SECONDS), "it beats");
    loop.context().runOnContext(turn -> hold(free));
    await().atMost(BOUND).until(() -> eventLoopMonitor.delay().compareTo(STUCK) > 0);
    free.countDown();
    loop.call(() -> "the loop turns again");
    assertTrue(eventLoopMonitor.delay().compareTo(STUCK) > 0, "remembered");
    assertTrue(eventLoopMonitor.isAlive());
    loop.context().runOnContext(turn -> eventLoopMonitor.stop());
  }

  private static void hold(CountDownLatch free) {
    try {
      assertTrue(free.await(BOUND.toSeconds(), TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
