package dev.postrider.smtpserver;

import dev.postrider.smtpserver.MessageListener.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Splits the input into command lines. A line that is too long is read to its end and refused. */
final class CommandLines {

  /** RFC 5321 §4.5.3.1.4 asks for 512 at least, with CRLF. */
  static final int LINE_MAX = 2_048;

  private final byte[] line = new byte[LINE_MAX];
  private int length;
  private boolean tooLong;
  private boolean complete;

  /** Reads to the end of the line, or all; returns the index after the last byte read. */
  int read(byte[] input, int from) {
    int end = from;
    while (end < input.length && input[end] != '\n') {
      end++;
    }
    complete = end < input.length;
    int to = complete ? end + 1 : end;
    int kept = Math.min(to - from, LINE_MAX - length);
    System.arraycopy(input, from, line, length, kept);
    length += kept;
    tooLong |= kept < to - from;
    return to;
  }

  boolean isComplete() {
    return complete;
  }

  /** Why the complete line is no command. */
  Optional<Reply> refusal() {
    if (tooLong) {
      return Optional.of(new Reply(500, "5.5.2 Line too long"));
    }
    boolean crlf = length >= 2 && line[length - 2] == '\r';
    return crlf ? Optional.empty() : Optional.of(new Reply(500, "5.5.2 A line ends with CRLF"));
  }

  /** Returns the complete line without its end, and starts the next one. */
  String take() {
    String text = new String(line, 0, Math.max(0, length - 2), StandardCharsets.UTF_8);
    length = 0;
    tooLong = false;
    complete = false;
    return text;
  }
}
