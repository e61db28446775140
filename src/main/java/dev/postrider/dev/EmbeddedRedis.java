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
 * A real Redis server as a child process, bound to loopback, without password. It ends with {@link
 * #stop}, or when this Java process ends in order.
 */
public final class EmbeddedRedis implements AutoCloseable {

  /** Loading a large append-only file counts as starting. */
  private static final Duration START_MAX = Duration.ofSeconds(30);

  private static final Duration STOP_MAX = Duration.ofSeconds(10);
  private static final int POLL_MILLIS = 20;

  /** A port that was free a moment ago may be taken by now. */
  private static final int PORTS_MAX = 3;

  private static final byte[] HELLO =
      "PING\r\nINFO server\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII);

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
    try {
      int attempts = port == 0 ? PORTS_MAX : 1;
      for (int attempt = 1; attempt <= attempts; attempt++) {
        EmbeddedRedis redis = launch(directory, port == 0 ? freePort() : port, options);
        if (redis.awaitAnswer()) {
          return redis;
        }
      }
      throw new IllegalStateException("Redis does not answer: " + Files.readString(log(directory)));
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

  private static EmbeddedRedis launch(Path directory, int port, String... options)
      throws IOException {
    Process process =
        new ProcessBuilder(commandLine(directory, port, options))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log(directory).toFile()))
            .start();
    return new EmbeddedRedis(process, port);
  }

  /** Waits for the first answer; without one the process is ended. */
  private boolean awaitAnswer() {
    long deadline = System.nanoTime() + START_MAX.toNanos();
    try {
      while (!answers()) {
        boolean ended = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (ended || System.nanoTime() > deadline) {
          kill();
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while Redis was starting.", e);
    }
  }

  /** Asks for the process id too: another server may have taken the port in the meantime. */
  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      socket.setSoTimeout(1_000);
      socket.getOutputStream().write(HELLO);
      String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return reply.startsWith("+PONG") && reply.contains("process_id:" + process.pid() + "\r\n");
    } catch (IOException notYet) {
      return false;
    }
  }

  private static List<String> commandLine(Path directory, int port, String... options)
      throws IOException {
    List<String> line = new ArrayList<>(List.of(program(directory)));
    line.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
    line.addAll(List.of("--dir", directory.toAbsolutePath().toString()));
    line.addAll(List.of(options));
    return line;
  }

  /** Unpacks the program once a directory. */
  private static String program(Path directory) throws IOException {
    Path program = directory.resolve("redis-server").toAbsolutePath();
    if (!Files.exists(program)) {
      Files.move(RedisExecProvider.defaultProvider().get().toPath(), program);
    }
    return program.toString();
  }

  private static Path log(Path directory) {
    return directory.resolve("redis.log");
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("No free port.", e);
    }
  }
}
