package dev.postrider.dev.redis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A real Redis server as a child process, bound to loopback, without password. It stops with {@link
 * #stop}, or with this Java process.
 */
public final class EmbeddedRedis implements AutoCloseable {

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  private final Process process;
  private final Thread killer;
  private final int port;

  private EmbeddedRedis(Process process, int port) {
    this.process = process;
    this.port = port;
    this.killer = new Thread(process::destroyForcibly, "embedded-redis-killer");
    Runtime.getRuntime().addShutdownHook(killer);
  }

  /**
   * Starts the server and waits until it replies.
   *
   * @param directory where it keeps its data, its log and its program; must exist
   * @param port port to listen on, 0 for any free one
   * @param options further options as on the command line, such as {@code --appendonly yes}
   * @throws IllegalStateException if it does not reply within 30 s; its log is in the message
   */
  public static EmbeddedRedis start(Path directory, int port, String... options) {
    RedisLauncher.Running running = RedisLauncher.start(directory, port, options);
    return new EmbeddedRedis(running.process(), running.port());
  }

  /** The port it listens on, at 127.0.0.1. */
  public int port() {
    return port;
  }

  /** Address in the form of {@code quarkus.redis.hosts}. */
  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Stops the server in order, so that it writes its data. */
  public void stop() {
    stop(process::destroy);
  }

  /** Kills the server (SIGKILL), like a power failure. */
  public void kill() {
    stop(process::destroyForcibly);
  }

  @Override
  public void close() {
    stop();
  }

  private void stop(Runnable signal) {
    signal.run();
    try {
      if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
      Runtime.getRuntime().removeShutdownHook(killer);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IllegalStateException shuttingDown) {
      process.destroyForcibly();
    }
  }
}
