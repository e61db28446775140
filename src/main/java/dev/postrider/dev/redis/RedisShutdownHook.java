package dev.postrider.dev.redis;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Stops Redis with the Java process, after the worker has settled the mail in flight. */
final class RedisShutdownHook extends Thread {

  /** Longer than the worker drains. */
  private static final int DRAIN_TIMEOUT_SECONDS = 40;

  private static final int STOP_TIMEOUT_SECONDS = 10;

  private final ProcessHandle server;
  private final Semaphore running;

  RedisShutdownHook(ProcessHandle server, Semaphore running) {
    super("dev-redis-shutdown");
    this.server = server;
    this.running = running;
  }

  @Override
  public void run() {
    try {
      if (running.tryAcquire(DRAIN_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        running.release();
      }
      server.destroy();
      server.onExit().get(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      server.destroyForcibly();
    }
  }
}
