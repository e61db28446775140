package dev.postrider.smtp;

import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * Writes the content of one mail. A small one leaves in a single write, together with what comes
 * before and after it. A large one leaves in slices, each after the one before was flushed: memory
 * and time are bounded, and the gate is asked only before the end.
 */
final class ContentWriter {

  /** Largest single write, and size of a slice, in bytes. */
  static final int SLICE_SIZE = 262_144;

  static final Buffer EMPTY = Buffer.buffer(0);

  /** Decides whether the end of the content may leave, and is told of each write. */
  interface Listener {
    /** Before the end: what must be recorded before the gate is asked, if anything. */
    Optional<Future<Void>> recordIntent();

    /** Whether the end of the content may leave; asked just before it does. */
    boolean isGateOpen();

    /** Whether the mail has its result already: nothing more may be written. */
    boolean isFinished();

    /** A slice was written and another will follow. */
    void sliceWritten();

    /** The commands that leave behind the end in the same write; may be empty. */
    Buffer nextEnvelope();

    /** The end was written. */
    void endWritten();

    /** The end may not leave; {@code partlyWritten} if slices have left before. */
    void endDenied(boolean partlyWritten);
  }

  private final SmtpConnection connection;
  private final Listener listener;
  private final Buffer head;
  private final Buffer content;
  private final String tail;
  private int position;

  /** {@code head} and {@code tail} leave in the same write as the start and end of the content. */
  ContentWriter(
      SmtpConnection connection, Listener listener, Buffer head, Buffer content, String tail) {
    this.connection = connection;
    this.listener = listener;
    this.head = head;
    this.content = content;
    this.tail = tail;
  }

  /** What a message needs so that its last line is complete. */
  static String lastLineEnd(Buffer message) {
    int length = message.length();
    boolean complete =
        length >= 2 && message.getByte(length - 2) == '\r' && message.getByte(length - 1) == '\n';
    return complete ? "" : "\r\n";
  }

  /** Content of BDAT: unchanged; the command in {@code head} states its size. */
  static ContentWriter chunk(
      SmtpConnection connection, Listener listener, Buffer head, Buffer message) {
    return new ContentWriter(connection, listener, head, message, lastLineEnd(message));
  }

  /** Content of DATA: dot-stuffed and ended by a lone dot. */
  static ContentWriter data(SmtpConnection connection, Listener listener, Buffer message) {
    String tail = lastLineEnd(message) + ".\r\n";
    return new ContentWriter(connection, listener, EMPTY, DotStuffing.stuffed(message), tail);
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
    connection
        .write(slice)
        .onSuccess(connection.boundary().handler("content", written -> writeSlice(EMPTY)));
  }

  private void prepareEnd(Buffer before) {
    if (!connection.hasEnded()) {
      listener
          .recordIntent()
          .ifPresentOrElse(record -> writeEndAfter(record, before), () -> writeEnd(before, true));
    }
  }

  private void writeEndAfter(Future<Void> record, Buffer before) {
    record.onComplete(
        connection
            .boundary()
            .handler("intent", recorded -> writeEnd(before, recorded.succeeded())));
  }

  /** The connection may have ended, or the mail may have been refused, during the record. */
  private void writeEnd(Buffer before, boolean recorded) {
    if (connection.hasEnded() || listener.isFinished()) {
      return;
    }
    if (recorded && listener.isGateOpen()) {
      Buffer end = Buffer.buffer(tail).appendBuffer(listener.nextEnvelope());
      connection.write(join(before, content.length(), end));
      listener.endWritten();
    } else {
      listener.endDenied(position > 0);
    }
  }

  /** One write of three parts: Netty copies them only once, into the memory for the kernel. */
  @SuppressWarnings("deprecation") // Vert.x 4 has no other way to Netty's buffer without a copy.
  private Buffer join(Buffer before, int next, Buffer after) {
    return Buffer.buffer(
        Unpooled.wrappedBuffer(
            before.getByteBuf(), content.slice(position, next).getByteBuf(), after.getByteBuf()));
  }
}
