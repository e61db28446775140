package dev.postrider.cli.demo;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One conversation with the sink (RFC 5321), as plain as it may be: commands may come pipelined,
 * the content ends with a dot on its own line. Lives on one event loop.
 */
final class DemoSession {

  private static final byte[] END = {'\r', '\n', '.', '\r', '\n'};

  /** RFC 5321 §4.5.3.1.4 asks for 512 at least. */
  private static final int LINE_MAX = 4_096;

  private final DemoSink sink;
  private final NetSocket socket;
  private final StringBuilder line = new StringBuilder();
  private final StringBuilder replies = new StringBuilder();
  private boolean reading;
  private boolean leaving;
  private boolean content;
  private int matched;
  private int number = -1;

  DemoSession(DemoSink sink, NetSocket socket) {
    this.sink = sink;
    this.socket = socket;
  }

  void open() {
    socket.handler(this::read).exceptionHandler(broken -> socket.close());
    say("220 trial ESMTP");
    flush();
  }

  private void read(Buffer chunk) {
    reading = true;
    for (byte octet : chunk.getBytes()) {
      if (content) {
        readContent(octet);
      } else {
        readCommand(octet);
      }
    }
    flush();
  }

  private void readCommand(byte octet) {
    if (octet == '\n') {
      String command = line.toString().strip();
      line.setLength(0);
      obey(command);
    } else if (line.length() < LINE_MAX) {
      line.append((char) (octet & 0xFF));
    }
  }

  /** The line break before the content belongs to DATA, so a lone dot may come at once. */
  private void readContent(byte octet) {
    if (octet == END[matched]) {
      matched++;
    } else {
      matched = octet == '\r' ? 1 : 0;
    }
    if (matched == END.length) {
      content = false;
      sink.took(number, this::accept);
    }
  }

  private void obey(String command) {
    String verb = command.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
    switch (verb) {
      case "EHLO" -> say("250-trial\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 0");
      case "RCPT" -> {
        number = numberOf(command);
        say("250 2.1.5 welcome");
      }
      case "DATA" -> {
        content = true;
        matched = 2;
        say("354 go on");
      }
      case "QUIT" -> {
        say("221 2.0.0 bye");
        leaving = true;
      }
      case "HELO", "MAIL", "RSET", "NOOP" -> say("250 2.0.0 fine");
      default -> say("500 5.5.1 what");
    }
  }

  /** {@code RCPT TO:<trial-17@example.invalid>}. */
  private static int numberOf(String command) {
    int dash = command.indexOf('-');
    int at = command.indexOf('@', dash);
    String digits = dash > 0 && at > dash ? command.substring(dash + 1, at) : "";
    return digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : -1;
  }

  /** With a delay it comes when nothing else is said. */
  private void accept() {
    say("250 2.0.0 taken");
    if (!reading) {
      flush();
    }
  }

  private void say(String reply) {
    replies.append(reply).append("\r\n");
  }

  /** One write for all commands that came together. */
  private void flush() {
    reading = false;
    if (replies.length() > 0) {
      socket.write(Buffer.buffer(replies.toString().getBytes(StandardCharsets.US_ASCII)));
      replies.setLength(0);
    }
    if (leaving) {
      socket.close();
    }
  }
}
