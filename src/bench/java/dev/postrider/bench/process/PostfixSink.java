package dev.postrider.bench.process;

import dev.postrider.support.Program;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Postfix's {@code smtp-sink}, which takes every mail and counts it. */
public final class PostfixSink implements AutoCloseable {

  private static final int BACKLOG = 1_000;
  private static final int TRIES_MAX = 200;
  private static final int PAUSE_MS = 25;

  /** Bytes at the end of its output that surely hold a whole count. */
  private static final int TAIL = 200;

  private static final Pattern COUNT = Pattern.compile("mesg=(\\d+)(?=\\s)");

  private final int port = Service.freePort();
  private final Service service;

  public PostfixSink(String program) throws Exception {
    List<String> command =
        List.of(
            program,
            "-c",
            "-u",
            System.getProperty("user.name"), // or it will not start for root
            address(),
            "" + BACKLOG);
    service = new Service(Path.of("").toAbsolutePath(), command, Map.of());
    for (int tries = 0; !listens(); tries++) {
      pause(tries, "smtp-sink does not listen");
    }
  }

  public int port() {
    return port;
  }

  public String address() {
    return "127.0.0.1:" + port;
  }

  /** Waits a moment for the last of them, then tells any other number from the one expected. */
  public void mustHaveTaken(long mails) throws Exception {
    for (int tries = 0; count() != mails; tries++) {
      pause(tries, "smtp-sink took " + count() + " mails, not " + mails);
    }
  }

  /** CPU time since its start, in steps of 10 ms. */
  public long cpuNanos() {
    return Usage.cpuNanos(service.handle());
  }

  /** Where Postfix's programs lie, if it is installed. */
  public static Optional<String> find() {
    return Program.find("smtp-sink").map(Path::toString);
  }

  @Override
  public void close() throws IOException {
    service.close();
  }

  /** Mails taken since its start. */
  public long count() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(service.output().toFile(), "r")) {
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
}
