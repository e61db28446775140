package dev.postrider.smtp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server with PIPELINING that answers some contents only once the next envelope has come, so that
 * a client that does not look ahead waits for it without end; serves one connection at a time.
 */
final class RawServer implements AutoCloseable {

  private static final int COMMANDS = 4; // RSET, MAIL, RCPT, DATA

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<String> recipients = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger early = new AtomicInteger();
  private final Deque<String> readAhead = new ArrayDeque<>();
  private final String refused;
  private final int from;
  private final int to;
  private int contents;
  private boolean holding;

  private RawServer(int from, int to, String refused) throws IOException {
    this.from = from;
    this.to = to;
    this.refused = refused;
    Thread thread = new Thread(this::serve, "patient server");
    thread.setDaemon(true);
    thread.start();
  }

  /** Waits for the next envelope before it answers these contents, counted from 1. */
  static RawServer waitingBehind(int from, int to) throws IOException {
    return new RawServer(from, to, "");
  }

  /** Refuses this recipient's mail after its content, and any MAIL behind it without RSET. */
  static RawServer holding(String recipient) throws IOException {
    return new RawServer(0, 0, recipient);
  }

  int port() {
    return listener.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  /** The recipients of the mails taken. */
  List<String> recipients() {
    return recipients;
  }

  /** Contents behind which something had come before they were answered. */
  int early() {
    return early.get();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        connections.incrementAndGet();
        holding = false;
        readAhead.clear();
        talk(socket);
      } catch (IOException gone) {
        readAhead.clear(); // the client, or the test, is through with this connection
      }
    }
  }

  private void talk(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    OutputStream out = socket.getOutputStream();
    say(out, "220 patient.test");
    String recipient = "";
    for (String line = next(in); line != null; line = next(in)) {
      switch (line.substring(0, 4)) {
        case "EHLO" -> say(out, "250-patient.test\r\n250 PIPELINING");
        case "MAIL" -> say(out, holding ? "503 5.5.1 Nested MAIL" : "250 Ok");
        case "RCPT" -> {
          recipient = line.substring("RCPT TO:<".length(), line.indexOf('>'));
          say(out, holding ? "503 5.5.1 No MAIL" : "250 Ok");
        }
        case "DATA" -> {
          say(out, holding ? "503 5.5.1 No RCPT" : "354 Go on");
          say(out, holding ? "" : content(in, recipient));
        }
        default -> say(out, "250 Ok");
      }
    }
  }

  private String content(BufferedReader in, String recipient) throws IOException {
    String line = next(in);
    while (!".".equals(line)) {
      line = next(in);
    }
    contents++;
    if (contents >= from && contents <= to) {
      for (int command = 0; command < COMMANDS; command++) {
        readAhead.add(in.readLine());
      }
    }
    if (in.ready()) {
      early.incrementAndGet();
    }
    holding = recipient.equals(refused);
    if (holding) {
      return "552 5.2.2 Full";
    }
    recipients.add(recipient);
    return "250 Ok";
  }

  private String next(BufferedReader in) throws IOException {
    return readAhead.isEmpty() ? in.readLine() : readAhead.poll();
  }

  private static void say(OutputStream out, String reply) throws IOException {
    if (!reply.isEmpty()) {
      out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
