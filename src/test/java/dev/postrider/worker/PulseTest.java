package dev.postrider.worker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.Loop;
import dev.postrider.support.RedisProcess;
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
class PulseTest {

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
    Pulse pulse = new Pulse(loop.context(), beats::countDown);
    loop.context().runOnContext(turn -> pulse.start());
    assertTrue(beats.await(BOUND.toSeconds(), TimeUnit.SECONDS), "it beats");
    loop.context().runOnContext(turn -> hold(free));
    await().atMost(BOUND).until(() -> pulse.delay().compareTo(STUCK) > 0);
    free.countDown();
    loop.call(() -> "the loop turns again");
    assertTrue(pulse.delay().compareTo(STUCK) > 0, "remembered");
    assertTrue(pulse.beats());
    loop.context().runOnContext(turn -> pulse.stop());
  }

  private static void hold(CountDownLatch free) {
    try {
      assertTrue(free.await(BOUND.toSeconds(), TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
