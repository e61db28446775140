package dev.postrider.support.smtpserver;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The octets that have come in and were not read yet. */
final class Input {

  private static final byte[] NONE = {};

  private byte[] octets = NONE;
  private int at;

  void add(byte[] more) {
    if (isEmpty()) {
      octets = more;
    } else {
      byte[] joined = Arrays.copyOfRange(octets, at, octets.length + more.length);
      System.arraycopy(more, 0, joined, octets.length - at, more.length);
      octets = joined;
    }
    at = 0;
  }

  boolean isEmpty() {
    return at == octets.length;
  }

  int size() {
    return octets.length - at;
  }

  void clear() {
    octets = NONE;
    at = 0;
  }

  /**
   * Lets the content take what it wants of the next {@code max} octets; returns how many it took.
   */
  int feed(MessageContent messageContent, long max) {
    int to = at + (int) Math.min(size(), max);
    int before = at;
    at = messageContent.take(octets, at, to);
    return at - before;
  }

  /** The next line up to LF, its LF included; empty if none is complete. */
  Optional<String> line() {
    for (int i = at; i < octets.length; i++) {
      if (octets[i] == '\n') {
        String line = new String(octets, at, i + 1 - at, StandardCharsets.UTF_8);
        at = i + 1;
        return Optional.of(line);
      }
    }
    return Optional.empty();
  }
}
