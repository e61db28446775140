package dev.postrider.support.smtpserver;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The bytes that have come in and were not read yet. */
final class Input {

  private static final byte[] NONE = {};

  private byte[] bytes = NONE;
  private int at;

  void add(byte[] more) {
    if (isEmpty()) {
      bytes = more;
    } else {
      byte[] joined = Arrays.copyOfRange(bytes, at, bytes.length + more.length);
      System.arraycopy(more, 0, joined, bytes.length - at, more.length);
      bytes = joined;
    }
    at = 0;
  }

  boolean isEmpty() {
    return at == bytes.length;
  }

  int size() {
    return bytes.length - at;
  }

  void clear() {
    bytes = NONE;
    at = 0;
  }

  /**
   * Lets the content take what it wants of the next {@code max} bytes; returns how many it took.
   */
  int feed(MessageContent messageContent, long max) {
    int to = at + (int) Math.min(size(), max);
    int before = at;
    at = messageContent.take(bytes, at, to);
    return at - before;
  }

  /** The next line up to LF, its LF included; empty if none is complete. */
  Optional<String> line() {
    for (int i = at; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        String line = new String(bytes, at, i + 1 - at, StandardCharsets.UTF_8);
        at = i + 1;
        return Optional.of(line);
      }
    }
    return Optional.empty();
  }
}
