package dev.postrider.smtp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A program of the machine that is started for a test and stopped after it. */
final class DebianProgram implements AutoCloseable {

  private static final int SECONDS_MAX = 30;

  private final Process process;

  private DebianProgram(Process process) {
    this.process = process;
  }

  static DebianProgram start(Path output, List<String> command) {
    try {
      return new DebianProgram(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs it to its end; what it says is part of the error. */
  static void run(Path output, List<String> command) {
    try (DebianProgram debianProgram = start(output, command)) {
      boolean ended = debianProgram.process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
      if (!ended || debianProgram.process.exitValue() != 0) {
        throw new IllegalStateException(command + " failed: " + Files.readString(output));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while " + command + " ran.", e);
    }
  }

  static boolean root() {
    return "root".equals(System.getProperty("user.name"));
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the port accepts connections; the program must not end before. */
  void awaitPort(int port) {
    Awaitility.await()
        .atMost(Sender.BOUND)
        .failFast("it has ended", () -> !process.isAlive())
        .until(() -> listens(port));
  }

  /** Waits until a process that the program left behind listens on the port. */
  static void awaitAnswer(int port) {
    Awaitility.await().atMost(Sender.BOUND).until(() -> listens(port));
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Asks it and all that it has started to end, and waits for it. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
