package dev.postrider.dev.redis;

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
import java.util.concurrent.locks.LockSupport;
import redis.embedded.RedisExecProvider;

/** Starts the bundled Redis server and waits until it replies. */
final class RedisLauncher {

  /** Loading a large append-only file counts as starting. */
  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

  private static final int POLL_MILLIS = 20;
  private static final int REPLY_TIMEOUT_MILLIS = 1_000;

  /** Another program may take the port before Redis does. */
  private static final int PORTS_MAX = 3;

  /**
   * ETXTBSY: a process that another thread forks at this moment still holds the new file open for
   * writing.
   */
  private static final String BUSY = "error=26,";

  private static final int BUSY_MAX = 50;

  private static final byte[] HELLO =
      "PING\r\nINFO server\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII);

  private RedisLauncher() {}

  /** A server that has replied. */
  record Running(Process process, int port) {}

  /**
   * @param directory where it keeps its data and its log; must exist
   * @param port port to listen on, 0 for any free one
   * @throws IllegalStateException if it does not reply within 30 s; its log is in the message
   */
  static Running start(Path directory, int port, String... options) {
    try {
      int attempts = port == 0 ? PORTS_MAX : 1;
      for (int attempt = 1; attempt <= attempts; attempt++) {
        int chosen = port == 0 ? freePort() : port;
        Process process = launch(directory, chosen, options);
        if (awaitReply(process, chosen)) {
          return new Running(process, chosen);
        }
      }
      throw new IllegalStateException("Redis does not reply: " + Files.readString(log(directory)));
    } catch (IOException e) {
      throw new UncheckedIOException("Redis could not be started in " + directory + ".", e);
    }
  }

  /** Checks the process id too: another server may use the port. */
  static boolean replies(int port, long pid) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), REPLY_TIMEOUT_MILLIS);
      socket.setSoTimeout(REPLY_TIMEOUT_MILLIS);
      socket.getOutputStream().write(HELLO);
      byte[] reply = socket.getInputStream().readAllBytes();
      String text = new String(reply, StandardCharsets.UTF_8);
      return text.startsWith("+PONG") && text.contains("\r\nprocess_id:" + pid + "\r\n");
    } catch (IOException notYet) {
      return false;
    }
  }

  private static Process launch(Path directory, int port, String... options) throws IOException {
    return launch(
        new ProcessBuilder(commandLine(directory, port, options))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log(directory).toFile())));
  }

  private static Process launch(ProcessBuilder builder) throws IOException {
    for (int attempt = 1; attempt < BUSY_MAX; attempt++) {
      try {
        return builder.start();
      } catch (IOException e) {
        if (!e.getMessage().contains(BUSY)) {
          throw e;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
      }
    }
    return builder.start();
  }

  /** Waits for the first reply; without one the process is killed. */
  private static boolean awaitReply(Process process, int port) {
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    try {
      while (!replies(port, process.pid())) {
        boolean ended = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (ended || System.nanoTime() > deadline) {
          process.destroyForcibly();
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while Redis was starting.", e);
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

  /** Unpacks the program once for each directory. */
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
