package dev.postrider.smtp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import java.time.Duration;

/**
 * One connection as a line of replies, a deadline and an end. Whoever talks holds it by {@link
 * #setHandler}; the end is told exactly once, and nothing is written after it.
 */
final class SmtpConnection implements ReplyReader.Listener {

  /** Who talks on the wire. */
  interface ReplyHandler {
    /**
     * A reply came; {@link SmtpConnection#code()} and {@link SmtpConnection#reply()} speak of it.
     */
    void onReply();

    /** The connection is gone; nothing more will come. */
    void onLost(String cause);
  }

  private final NetSocket socket;
  private final Runnable onEnd;
  private final ReplyReader reader = new ReplyReader(this);
  private ReplyHandler replyHandler;
  private String awaitedReply = "";
  private long deadline = Long.MAX_VALUE;
  private String endCause = "the server closed the connection";
  private boolean hasEnded;
  private boolean tlsStarting;

  /** Takes over a connected socket. {@code onEnd} runs once, before the talk hears of the loss. */
  SmtpConnection(NetSocket socket, Runnable onEnd) {
    this.socket = socket;
    this.onEnd = onEnd;
    socket.handler(this::read).exceptionHandler(this::onException).closeHandler(this::onClose);
  }

  /** Milliseconds of a clock that never jumps. */
  static long now() {
    return System.nanoTime() / 1_000_000;
  }

  void setHandler(ReplyHandler next) {
    replyHandler = next;
  }

  /** Ends the connection unless a reply comes in time; {@code what} names it for people. */
  void setDeadline(String what, Duration time) {
    awaitedReply = what;
    deadline = now() + time.toMillis();
  }

  /** Nothing is awaited. */
  void clearDeadline() {
    deadline = Long.MAX_VALUE;
  }

  /** Ends the connection if its deadline has passed. */
  void checkDeadline(long now) {
    if (now >= deadline) {
      abort("no reply to " + awaitedReply + " in time");
    }
  }

  /** Writes unless the connection has ended. */
  Future<Void> write(Buffer bytes) {
    return hasEnded ? Future.failedFuture(endCause) : socket.write(bytes);
  }

  /** Encrypts; until that is done every byte from the server is an attempt to inject replies. */
  Future<Void> startTls(String serverName) {
    tlsStarting = true;
    return socket.upgradeToSsl(serverName).onSuccess(done -> tlsStarting = false);
  }

  /** Code of the reply in hand. */
  int code() {
    return reader.code();
  }

  /** The reply in hand. */
  Reply reply() {
    return reader.reply();
  }

  /** Whether the server has sent more than it was asked for. */
  boolean hasExtraReplies() {
    return reader.hasExtraBytes();
  }

  boolean hasEnded() {
    return hasEnded;
  }

  /** Cuts the connection at once; what the server has not yet received, it never will. */
  void abort(String cause) {
    if (!hasEnded) {
      hasEnded = true;
      ChannelHandlerContext context = context();
      context.channel().config().setOption(ChannelOption.SO_LINGER, 0); // or the system goes on
      context.close();
      finish(cause);
    }
  }

  /** Closes the connection in good order; nothing that matters is under way. */
  void close() {
    if (!hasEnded) {
      hasEnded = true;
      context().close();
      finish("the conversation was over");
    }
  }

  @Override
  public void onReply() {
    if (!hasEnded) {
      replyHandler.onReply();
    }
  }

  @Override
  public void onMalformed(String cause) {
    abort("the server sent " + cause);
  }

  private void read(Buffer chunk) {
    if (tlsStarting) {
      abort("the server sent clear text where TLS must begin");
    } else if (!hasEnded) {
      reader.read(chunk.getBytes());
    }
  }

  private void onException(Throwable failure) {
    if (!hasEnded) {
      endCause = "the connection broke: " + failure.getMessage();
    }
  }

  private void onClose(Void nothing) {
    if (!hasEnded) {
      hasEnded = true;
      finish(endCause);
    }
  }

  private void finish(String cause) {
    endCause = cause;
    clearDeadline();
    onEnd.run();
    replyHandler.onLost(cause);
  }

  /**
   * Where to close: NetSocket.close() and Channel.close() would first wait, without end, until all
   * that was written is taken. Closing from here does not pass the handler that waits.
   */
  private ChannelHandlerContext context() {
    return ((NetSocketInternal) socket).channelHandlerContext();
  }
}
