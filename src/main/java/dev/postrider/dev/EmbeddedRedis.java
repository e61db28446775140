package dev.postrider.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.embedded.RedisExecProvider;

/**
 * A real Redis server as a child process, bound to loopback. It ends with {@link #stop}, and at the
 * latest with this Java process.
 */
public final class EmbeddedRedis implements AutoCloseable {

  /** Loading a large append-only file counts as starting. */
  private static final Duration START_MAX = Duration.ofSeconds(30);

  private static final Duration STOP_MAX = Duration.ofSeconds(10);
  private static final int POLL_MILLIS = 20;

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
    int chosen = port == 0 ? freePort() : port;
    try {
      Path log = directory.resolve("redis.log");
      Process process =
          new ProcessBuilder(commandLine(directory, chosen, options))
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      EmbeddedRedis redis = new EmbeddedRedis(process, chosen);
      redis.awaitAnswer(log);
      return redis;
    } catch (IOException e) {
      throw new UncheckedIOException("Redis could not be started in " + directory + ".", e);
    }
  }

  /** The port it listens on, at 127.0.0.1. */
  public int port() {
    return port;
  }

  /** Address in the form of {@code quarkus.redis.hosts}. */
  public String url() {
    return "redis://127.0.0.1:" + port;
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

  private void awaitAnswer(Path log) throws IOException {
    long deadline = System.nanoTime() + START_MAX.toNanos();
    try {
      while (!answers()) {
        boolean ended = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (ended || System.nanoTime() > deadline) {
          kill();
          throw new IllegalStateException("Redis does not answer: " + Files.readString(log));
        }
      }
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while Redis was starting.", e);
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      socket.setSoTimeout(1_000);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] reply = socket.getInputStream().readNBytes(5);
      return new String(reply, StandardCharsets.US_ASCII).equals("+PONG");
    } catch (IOException notYet) {
      return false;
    }
  }

  private static List<String> commandLine(Path directory, int port, String... options)
      throws IOException {
    String program = RedisExecProvider.defaultProvider().get().getAbsolutePath();
    List<String> line =
        new ArrayList<>(
            List.of(program, "--port", Integer.toString(port), "--bind", "127.0.0.1", "--dir"));
    line.add(directory.toAbsolutePath().toString());
    line.addAll(List.of(options));
    return line;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("No free port.", e);
    }
  }
}
