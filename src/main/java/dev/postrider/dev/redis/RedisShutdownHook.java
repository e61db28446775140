package dev.postrider.dev.redis;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Ends Redis with the Java process, but not before the worker has settled what was in flight. */
final class RedisShutdownHook extends Thread {

  /** The drain time of the worker and a little more. */
  private static final int DRAIN_SECONDS_MAX = 40;

  private static final int END_SECONDS_MAX = 10;

  private final ProcessHandle server;
  private final Semaphore running;

  RedisShutdownHook(ProcessHandle server, Semaphore running) {
    super("dev-redis-last-orders");
    this.server = server;
    this.running = running;
  }

  @Override
  public void run() {
    try {
      if (running.tryAcquire(DRAIN_SECONDS_MAX, TimeUnit.SECONDS)) {
        running.release();
      }
      server.destroy();
      server.onExit().get(END_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (Exception e) {
      server.destroyForcibly();
    }
  }
}
