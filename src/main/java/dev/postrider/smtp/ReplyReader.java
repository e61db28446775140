package dev.postrider.smtp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Parses the bytes of a server into replies, however they are split or joined. A reply beyond
 * {@link #LINE_MAX}, {@link #LINES_MAX} or {@link #REPLY_MAX}, or a line that does not start with
 * {@code ddd[ -]}, is malformed; nothing is read after it.
 */
final class ReplyReader {

  /** Longest line in bytes; RFC 5321 §4.5.3.1.5 allows servers 512. */
  static final int LINE_MAX = 4_096;

  /** Most lines of one reply; an EHLO reply of a rich server has about 20. */
  static final int LINES_MAX = 128;

  /** Most bytes of one reply. */
  static final int REPLY_MAX = 65_536;

  private static final int CODE_LENGTH = 3;
  private static final byte LAST = ' ';
  private static final byte CONTINUED = '-';

  /** Receives the replies in order. */
  interface Listener {
    /** A whole reply; {@link #reply()} and {@link #code()} describe it until this returns. */
    void onReply();

    /** The bytes are no reply. */
    void onMalformed(String cause);
  }

  private final Listener listener;
  private byte[] reply = new byte[256];
  private int length; // bytes of the reply so far
  private int lineStart;
  private int lines;
  private int code;
  private int unread; // bytes of the current chunk that are not parsed yet
  private boolean malformed;

  ReplyReader(Listener listener) {
    this.listener = listener;
  }

  /** Reads one chunk; calls the listener once for each reply that is complete. */
  void read(byte[] chunk) {
    unread = chunk.length;
    for (byte value : chunk) {
      if (malformed) {
        return;
      }
      unread--;
      accept(value);
    }
  }

  /** Whether bytes follow the current reply in the same chunk. */
  boolean hasExtraBytes() {
    return unread > 0;
  }

  int code() {
    return code;
  }

  /** The current reply, decoded; for most replies the code is enough. */
  Reply reply() {
    List<String> texts = new ArrayList<>(lines + 1);
    int start = 0;
    for (int i = 0; i < length; i++) {
      if (reply[i] == '\n') {
        texts.add(text(start, i));
        start = i + 1;
      }
    }
    return Reply.of(code, texts);
  }

  private void accept(byte value) {
    if (length - lineStart >= LINE_MAX || length >= REPLY_MAX) {
      reject("a reply longer than " + LINE_MAX + " bytes a line or " + REPLY_MAX + " in all");
      return;
    }
    if (length == reply.length) {
      reply = Arrays.copyOf(reply, length * 2);
    }
    reply[length++] = value;
    if (value == '\n') {
      endLine();
    }
  }

  private void endLine() {
    int end = lineEnd(length - 1, lineStart);
    int lineCode = codeAt(lineStart, end);
    byte separator = end - lineStart > CODE_LENGTH ? reply[lineStart + CODE_LENGTH] : LAST;
    if (lineCode < 0 || (separator != LAST && separator != CONTINUED)) {
      reject("a line that is no SMTP reply");
    } else if (lines > 0 && lineCode != code) {
      reject("a reply whose lines differ in their codes");
    } else if (++lines > LINES_MAX) {
      reject("a reply of more than " + LINES_MAX + " lines");
    } else {
      code = lineCode;
      lineStart = length;
      if (separator == LAST) {
        endReply();
      }
    }
  }

  private void endReply() {
    listener.onReply();
    length = 0;
    lineStart = 0;
    lines = 0;
  }

  private int codeAt(int start, int end) {
    if (end - start < CODE_LENGTH) {
      return -1;
    }
    int value = 0;
    for (int i = start; i < start + CODE_LENGTH; i++) {
      int digit = reply[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value >= 200 && value <= 599 ? value : -1;
  }

  private int lineEnd(int lineFeed, int start) {
    return lineFeed > start && reply[lineFeed - 1] == '\r' ? lineFeed - 1 : lineFeed;
  }

  private String text(int start, int lineFeed) {
    int end = lineEnd(lineFeed, start);
    int from = Math.min(start + CODE_LENGTH + 1, end);
    for (int i = from; i < end; i++) {
      if (reply[i] >= 0 && reply[i] < ' ' || reply[i] == 0x7F) {
        reply[i] = ' '; // a control could fake a line where the text is shown
      }
    }
    return new String(reply, from, end - from, StandardCharsets.UTF_8);
  }

  private void reject(String cause) {
    malformed = true;
    listener.onMalformed(cause);
  }
}
