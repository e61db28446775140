package dev.postrider.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Postfix's {@code smtp-sink}, which takes every mail and counts it. */
final class PostfixSink implements AutoCloseable {

  private static final int BACKLOG = 1_000;
  private static final int TRIES_MAX = 200;
  private static final int PAUSE_MS = 25;

  /** Octets at the end of its output that surely hold a whole count. */
  private static final int TAIL = 200;

  /** On every Linux that Java runs on. */
  private static final long NANOS_PER_TICK = 10_000_000;

  private static final int USER_TICKS = 11;

  private static final Pattern COUNT = Pattern.compile("mesg=(\\d+)(?=\\s)");

  private final int port = freePort();
  private final Path output = Files.createTempFile("smtp-sink", ".count");
  private final Process process;

  PostfixSink(String program) throws Exception {
    process =
        new ProcessBuilder(
                program,
                "-c",
                "-u",
                System.getProperty("user.name"), // or it will not start for root
                address(),
                "" + BACKLOG)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    for (int tries = 0; !listens(); tries++) {
      pause(tries, "smtp-sink does not listen");
    }
  }

  int port() {
    return port;
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /** Waits a moment for the last of them, then tells any other number from the one expected. */
  void mustHaveTaken(long mails) throws Exception {
    for (int tries = 0; count() != mails; tries++) {
      pause(tries, "smtp-sink took " + count() + " mails, not " + mails);
    }
  }

  /** CPU time since its start, in steps of 10 ms. */
  long cpuNanos() throws IOException {
    String stat = Files.readString(Path.of("/proc", "" + process.pid(), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]);
    return ticks * NANOS_PER_TICK;
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    process.waitFor();
    Files.delete(output);
  }

  private long count() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(output.toFile(), "r")) {
      file.seek(Math.max(0, file.length() - TAIL));
      byte[] tail = new byte[(int) (file.length() - file.getFilePointer())];
      file.readFully(tail);
      Matcher counts = COUNT.matcher(new String(tail, StandardCharsets.US_ASCII));
      long last = 0;
      while (counts.find()) {
        last = Long.parseLong(counts.group(1));
      }
      return last;
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void pause(int tries, String complaint) throws InterruptedException {
    if (tries == TRIES_MAX) {
      throw new IllegalStateException(complaint);
    }
    Thread.sleep(PAUSE_MS);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
