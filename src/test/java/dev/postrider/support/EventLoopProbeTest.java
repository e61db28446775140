package dev.postrider.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventLoopProbeTest {

  private static final Duration WAIT_TIMEOUT = Duration.ofSeconds(10);

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void catches_an_event_loop_that_waits_and_not_one_that_listens() throws InterruptedException {
    CountDownLatch listening = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    vertx.getOrCreateContext().runOnContext(turn -> listening.countDown());
    listening.await();
    try (EventLoopProbe probe = EventLoopProbe.start()) {
      Awaitility.await().atMost(WAIT_TIMEOUT).until(() -> probe.samples() > 20);
      assertEquals(0, probe.waits().size());
      vertx.getOrCreateContext().runOnContext(turn -> waitFor(release));
      Awaitility.await().atMost(WAIT_TIMEOUT).until(() -> !probe.waits().isEmpty());
      assertTrue(probe.waits().toString().contains("waitFor"), probe.waits().toString());
    } finally {
      release.countDown();
    }
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
