package dev.postrider.smtp;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A good mail server on one connection in memory, of which one reply is replaced by other bytes. It
 * keeps the recipients of each content that it got to its end.
 */
final class MemoryServer implements MemoryNetwork.Peer {

  private static final Pattern BDAT = Pattern.compile("BDAT (\\d+) LAST");

  /**
   * What comes instead of a reply.
   *
   * @param at number of the reply, from 0: the greeting; none if negative
   * @param bytes what comes
   * @param piece the size of the pieces in which it comes
   * @param then what the server does afterwards
   */
  record Fault(int at, byte[] bytes, int piece, Then then) {

    static final Fault NONE = new Fault(-1, new byte[0], 1, Then.GO_ON);

    /** What follows. */
    enum Then {
      GO_ON,
      REPLY_TOO,
      SILENCE,
      CLOSE
    }
  }

  private final List<String> extensions;
  private final Fault fault;
  private final List<String> received;
  private final List<String> commands = new ArrayList<>();
  private final ByteArrayOutputStream unread = new ByteArrayOutputStream();
  private String recipient = "";
  private int chunkLeft = -1;
  private boolean inData;
  private boolean silent;
  private int replies;

  /**
   * @param received where the recipients of contents are kept
   */
  MemoryServer(List<String> extensions, Fault fault, List<String> received) {
    this.extensions = extensions;
    this.fault = fault;
    this.received = received;
  }

  /** The commands, in order. */
  List<String> commands() {
    return commands;
  }

  @Override
  public void opened(MemoryNetwork.Line line) {
    reply(line, "220 memory.test");
  }

  @Override
  public void received(MemoryNetwork.Line line, Buffer bytes) {
    unread.writeBytes(bytes.getBytes());
    String input = unread.toString(StandardCharsets.ISO_8859_1);
    int used = 0;
    for (int length = next(line, input); length > 0; length = next(line, input.substring(used))) {
      used += length;
    }
    unread.reset();
    unread.writeBytes(input.substring(used).getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Handles one command or content; returns its length, 0 if it is not complete. */
  private int next(MemoryNetwork.Line line, String input) {
    if (chunkLeft >= 0) {
      int length = chunkLeft;
      return input.length() >= length ? content(line, length) : 0;
    }
    if (inData) {
      int dot = input.startsWith(".\r\n") ? 3 : input.indexOf("\r\n.\r\n") + 5;
      return dot >= 5 || dot == 3 ? content(line, dot) : 0;
    }
    int end = input.indexOf("\r\n");
    if (end < 0) {
      return 0;
    }
    command(line, input.substring(0, end));
    return end + 2;
  }

  private int content(MemoryNetwork.Line line, int length) {
    inData = false;
    chunkLeft = -1;
    received.add(recipient);
    reply(line, "250 2.0.0 Ok");
    return length;
  }

  private void command(MemoryNetwork.Line line, String command) {
    commands.add(command);
    Matcher chunk = BDAT.matcher(command);
    if (chunk.matches()) {
      chunkLeft = Integer.parseInt(chunk.group(1));
      return;
    }
    String verb = command.split(" ")[0].toUpperCase(Locale.ROOT);
    switch (verb) {
      case "EHLO" -> reply(line, ehlo());
      case "AUTH" -> reply(line, "235 2.7.0 Ok");
      case "STARTTLS" -> reply(line, "220 2.0.0 Go on");
      case "DATA" -> {
        inData = true;
        reply(line, "354 Go on");
      }
      case "RCPT" -> {
        recipient = command.substring("RCPT TO:<".length(), command.indexOf('>'));
        reply(line, "250 2.1.5 Ok");
      }
      case "QUIT" -> {
        reply(line, "221 2.0.0 Bye");
        line.close();
      }
      default -> reply(line, "250 2.0.0 Ok");
    }
  }

  private String ehlo() {
    StringBuilder reply = new StringBuilder();
    extensions.forEach(extension -> reply.append("250-").append(extension).append("\r\n"));
    return "250-memory.test\r\n" + reply + "250 HELP";
  }

  private void reply(MemoryNetwork.Line line, String text) {
    if (silent) {
      return;
    }
    if (replies++ != fault.at) {
      line.send((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
      return;
    }
    for (int at = 0; at < fault.bytes.length; at += fault.piece) {
      int to = Math.min(fault.bytes.length, at + fault.piece);
      line.send(Arrays.copyOfRange(fault.bytes, at, to));
    }
    switch (fault.then) {
      case GO_ON -> {}
      case REPLY_TOO -> line.send((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
      case SILENCE -> silent = true;
      case CLOSE -> {
        silent = true;
        line.close();
      }
    }
  }
}
