package dev.postrider.smtp;

import java.util.List;
import java.util.Optional;

/**
 * A reply of a server (RFC 5321 §4.2).
 *
 * @param code 200 to 599
 * @param enhanced the code of RFC 3463, if any line has one
 * @param lines the texts after the code, one per line, without controls; at least one
 */
public record Reply(int code, Optional<EnhancedCode> enhanced, List<String> lines) {

  /** The server closes the connection, whatever the command was (RFC 5321 §3.8). */
  static final int CLOSING = 421;

  /** Copies the lines. */
  public Reply {
    lines = List.copyOf(lines);
  }

  /** A reply with its enhanced code read from its lines. */
  public static Reply of(int code, List<String> lines) {
    return new Reply(code, EnhancedCode.find(code, joined(lines)), lines);
  }

  /** 2yz: done. */
  public boolean positive() {
    return code / 100 == 2;
  }

  /** 4yz: refused for now. */
  public boolean transientRefusal() {
    return code / 100 == 4;
  }

  /** 5yz: refused for good. */
  public boolean permanentRefusal() {
    return code / 100 == 5;
  }

  /** 4yz or 5yz. */
  public boolean refusal() {
    return transientRefusal() || permanentRefusal();
  }

  /** 421: the server closes the connection, whatever the command was (RFC 5321 §3.8). */
  public boolean closing() {
    return code == CLOSING;
  }

  /** Code and text on one line, such as {@code 550 5.1.1 No such user}. */
  public String text() {
    return code + " " + words();
  }

  /** All lines, joined by a space. */
  public String words() {
    return joined(lines);
  }

  private static String joined(List<String> lines) {
    return lines.size() == 1 ? lines.get(0) : String.join(" ", lines);
  }
}
