package dev.postrider.smtp;

import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * Writes the content of one mail. A small one leaves in a single write together with what comes
 * before and after it; a large one in slices, each once the server made room, so that it is bounded
 * in memory and time and its end leaves only if wanted then.
 */
final class ContentWriter {

  /** Largest single write, and size of a slice, in octets. */
  static final int SLICE_SIZE = 262_144;

  static final Buffer EMPTY = Buffer.buffer(0);

  /** Who watches the content leave. */
  interface Listener {
    /**
     * The next write would end the content: what must be done before it is asked whether it may.
     */
    Optional<Future<Void>> recordIntent();

    /** The next write would end the content: may it? */
    boolean isGateOpen();

    /** The mail is through, and nothing of it may be written any more. */
    boolean isFinished();

    /** A slice was written and another will follow. */
    void sliceWritten();

    /** The end leaves now: what leaves behind it in the same write, if anything. */
    Buffer nextEnvelope();

    /** The end was written. */
    void endWritten();

    /** The end was not allowed; {@code begun} tells whether anything was written before. */
    void endDenied(boolean partlyWritten);
  }

  private final SmtpConnection smtpConnection;
  private final Listener listener;
  private final Buffer head;
  private final Buffer content;
  private final String tail;
  private int position;

  /** {@code head} and {@code tail} leave in the same write as the start and end of the content. */
  ContentWriter(
      SmtpConnection smtpConnection, Listener listener, Buffer head, Buffer content, String tail) {
    this.smtpConnection = smtpConnection;
    this.listener = listener;
    this.head = head;
    this.content = content;
    this.tail = tail;
  }

  /** What ends a message so that its last line is complete. */
  static String lastLineEnd(Buffer message) {
    int length = message.length();
    boolean complete =
        length >= 2 && message.getByte(length - 2) == '\r' && message.getByte(length - 1) == '\n';
    return complete ? "" : "\r\n";
  }

  /** Content of BDAT: as it is, counted by the command in {@code head}. */
  static ContentWriter chunk(
      SmtpConnection smtpConnection, Listener listener, Buffer head, Buffer message) {
    return new ContentWriter(smtpConnection, listener, head, message, lastLineEnd(message));
  }

  /** Content of DATA: stuffed and ended by a lone dot. */
  static ContentWriter data(SmtpConnection smtpConnection, Listener listener, Buffer message) {
    String tail = lastLineEnd(message) + ".\r\n";
    return new ContentWriter(smtpConnection, listener, EMPTY, DotStuffing.stuffed(message), tail);
  }

  void start() {
    if (content.length() <= SLICE_SIZE) {
      prepareEnd(head);
    } else {
      writeSlice(head);
    }
  }

  private void writeSlice(Buffer before) {
    int next = position + SLICE_SIZE;
    if (next >= content.length()) {
      prepareEnd(before);
      return;
    }
    Buffer slice = before.length() == 0 ? content.slice(position, next) : join(before, next, EMPTY);
    position = next;
    listener.sliceWritten();
    smtpConnection.write(slice).onSuccess(written -> writeSlice(EMPTY));
  }

  private void prepareEnd(Buffer before) {
    if (!smtpConnection.hasEnded()) {
      listener
          .recordIntent()
          .ifPresentOrElse(intent -> writeEndAfter(intent, before), () -> writeEnd(before, true));
    }
  }

  private void writeEndAfter(Future<Void> intent, Buffer before) {
    intent.onComplete(allowed -> writeEnd(before, allowed.succeeded()));
  }

  /** While a note was made the connection may have broken, or the server said no. */
  private void writeEnd(Buffer before, boolean allowed) {
    if (smtpConnection.hasEnded() || listener.isFinished()) {
      return;
    }
    if (allowed && listener.isGateOpen()) {
      Buffer end = Buffer.buffer(tail).appendBuffer(listener.nextEnvelope());
      smtpConnection.write(join(before, content.length(), end));
      listener.endWritten();
    } else {
      listener.endDenied(position > 0);
    }
  }

  /** One write of three pieces: Netty gathers them in the memory that it hands to the kernel. */
  private Buffer join(Buffer before, int next, Buffer after) {
    return Buffer.buffer(
        Unpooled.wrappedBuffer(
            before.getByteBuf(), content.slice(position, next).getByteBuf(), after.getByteBuf()));
  }
}
