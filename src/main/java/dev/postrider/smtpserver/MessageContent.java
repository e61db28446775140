package dev.postrider.smtpserver;

import java.util.Arrays;

/**
 * The content of one message while it comes in, by DATA or by BDAT. It is read to its end even if
 * it is larger than the limit, but then it is not kept.
 */
final class MessageContent {

  private static final byte[] NONE = {};
  private static final int CAPACITY_MIN = 8_192;

  /** Where the reader is between two bytes of DATA. */
  private enum Position {
    LINE_START,
    TEXT,
    CR,
    DOT,
    DOT_CR,
    END
  }

  private final int sizeMax;
  private byte[] bytes = NONE;
  private long size;
  private Position position = Position.LINE_START;
  private boolean chunked;
  private long chunkRemaining;
  private boolean lastChunk;

  MessageContent(int sizeMax) {
    this.sizeMax = sizeMax;
  }

  /** The next {@code bytes} of input are a chunk (RFC 3030). */
  void startChunk(long bytes, boolean last) {
    chunked = true;
    chunkRemaining = bytes;
    lastChunk = last;
  }

  /** Reads to the end of the content or chunk, or all; returns the index after the last byte. */
  int read(byte[] input, int from) {
    return chunked ? readChunk(input, from) : readLines(input, from);
  }

  boolean isAtEnd() {
    return chunked ? chunkRemaining == 0 : position == Position.END;
  }

  boolean isComplete() {
    return isAtEnd() && (!chunked || lastChunk);
  }

  boolean isTooLarge() {
    return size > sizeMax;
  }

  /** In bytes, without dot-stuffing. */
  long size() {
    return size;
  }

  byte[] bytes() {
    return Arrays.copyOf(bytes, (int) size);
  }

  private int readChunk(byte[] input, int from) {
    int to = from + (int) Math.min(input.length - from, chunkRemaining);
    append(input, from, to);
    chunkRemaining -= to - from;
    return to;
  }

  private int readLines(byte[] input, int from) {
    int index = from;
    while (index < input.length && position != Position.END) {
      if (position == Position.TEXT) {
        int start = index;
        while (index < input.length && input[index] != '\r') {
          index++;
        }
        append(input, start, index);
      }
      if (index < input.length) {
        step(input, index++);
      }
    }
    return index;
  }

  private void step(byte[] input, int index) {
    byte next = input[index];
    if (position == Position.LINE_START && next == '.') {
      position = Position.DOT;
    } else if (position == Position.DOT && next == '\r') {
      position = Position.DOT_CR;
    } else if (position == Position.DOT_CR && next == '\n') {
      position = Position.END;
    } else {
      if (position == Position.DOT_CR) {
        append(new byte[] {'\r'}, 0, 1);
      }
      append(input, index, index + 1);
      position = after(next);
    }
  }

  /** Only CRLF ends a line: a server that takes less lets mail be smuggled (CVE-2023-51764). */
  private Position after(byte next) {
    if (next == '\r') {
      return Position.CR;
    }
    return next == '\n' && position == Position.CR ? Position.LINE_START : Position.TEXT;
  }

  private void append(byte[] input, int from, int to) {
    size += to - from;
    if (isTooLarge()) {
      bytes = NONE;
      return;
    }
    if (size > bytes.length) {
      long capacity = Math.max(CAPACITY_MIN, Math.max(size, 2L * bytes.length));
      bytes = Arrays.copyOf(bytes, (int) Math.min(capacity, sizeMax));
    }
    System.arraycopy(input, from, bytes, (int) size - (to - from), to - from);
  }
}
