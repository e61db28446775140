package dev.postrider.dev.redis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A real Redis server as a child process, bound to loopback, without password. It ends with {@link
 * #stop}, or when this Java process ends in order.
 */
public final class EmbeddedRedis implements AutoCloseable {

  private static final Duration STOP_MAX = Duration.ofSeconds(10);

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
   * Starts the server and waits until it answers.
   *
   * @param directory where it keeps its data, its log and its program; must exist
   * @param port port to listen on, 0 for any free one
   * @param options further options as on the command line, such as {@code --appendonly yes}
   * @throws IllegalStateException if it does not answer within 30 s; its log is in the message
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

  /** True while it runs. */
  public boolean alive() {
    return process.isAlive();
  }

  /** Ends the server in order: it writes what it has to write. */
  public void stop() {
    end(process::destroy);
  }

  /** Ends the server like a power cut (SIGKILL). */
  public void kill() {
    end(process::destroyForcibly);
  }

  @Override
  public void close() {
    stop();
  }

  private void end(Runnable how) {
    how.run();
    try {
      if (!process.waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
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
