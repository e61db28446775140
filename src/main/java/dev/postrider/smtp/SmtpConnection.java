package dev.postrider.smtp;

import dev.postrider.handler.ErrorBoundary;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.NetSocketInternal;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * One SMTP connection: parses replies, enforces one deadline, reports its end exactly once. Nothing
 * is written after the end.
 */
final class SmtpConnection implements ReplyReader.Listener {

  /** Handles what the server does; set by the owner of the connection. */
  interface ReplyHandler {
    /** A reply came; {@link SmtpConnection#reader()} holds it until this returns. */
    void onReply();

    /** The connection has ended. */
    void onLost(String cause);
  }

  private final NetSocket socket;
  private final LongSupplier clock;
  private final ErrorBoundary boundary;
  private final Runnable onEnd;
  private final ReplyReader reader = new ReplyReader(this);
  private final ReplyHandler unowned = new CloseOnReply(this);
  private ReplyHandler replyHandler = unowned;
  private String awaited = "";
  private long deadline = Long.MAX_VALUE;
  private String endCause = "the server closed the connection";
  private boolean hasEnded;
  private boolean timedOut;
  private boolean tlsStarting;

  /**
   * @param socket connected
   * @param clock monotonic, in milliseconds
   * @param boundary ends this connection after an exception in one of our handlers
   * @param onEnd runs once, before the handler is told
   */
  SmtpConnection(NetSocket socket, LongSupplier clock, ErrorBoundary boundary, Runnable onEnd) {
    this.socket = socket;
    this.clock = clock;
    this.boundary = boundary;
    this.onEnd = onEnd;
    socket
        .handler(boundary.handler("read", this::read))
        .exceptionHandler(boundary.handler("exception", this::onException))
        .closeHandler(boundary.handler("close", this::onClose));
  }

  /** For the handlers of what is awaited on this connection. */
  ErrorBoundary boundary() {
    return boundary;
  }

  void setHandler(ReplyHandler next) {
    replyHandler = next;
  }

  /** No mail owns the connection: any reply closes it. */
  void disown() {
    replyHandler = unowned;
  }

  /** Aborts the connection after this time; {@code what} names what is awaited in the error. */
  void setDeadline(String what, Duration timeout) {
    awaited = what;
    deadline = clock.getAsLong() + timeout.toMillis();
  }

  void clearDeadline() {
    deadline = Long.MAX_VALUE;
  }

  /** Aborts the connection if its deadline has passed. */
  void checkDeadline(long now) {
    if (now >= deadline) {
      timedOut = true;
      abort("no reply to " + awaited + " in time");
    }
  }

  /** Writes unless the connection has ended. */
  Future<Void> write(Buffer bytes) {
    return hasEnded ? Future.failedFuture(endCause) : socket.write(bytes);
  }

  /** Encrypts; until that is done, every byte from the server may be an injected reply. */
  Future<Void> startTls(String serverName) {
    tlsStarting = true;
    return socket
        .upgradeToSsl(serverName)
        .onSuccess(boundary.handler("TLS", done -> tlsStarting = false));
  }

  /** Our side of the connection. */
  SocketAddress ownSide() {
    return socket.localAddress();
  }

  /** Holds the current reply. */
  ReplyReader reader() {
    return reader;
  }

  /** Whether bytes follow the current reply that no command can have asked for. */
  boolean hasExtraReplies() {
    return reader.hasExtraBytes();
  }

  /** Whether it ended because the server did not answer in time. */
  boolean timedOut() {
    return timedOut;
  }

  boolean hasEnded() {
    return hasEnded;
  }

  /** Ends the connection at once: bytes that the server has not yet received are dropped. */
  void abort(String cause) {
    if (!hasEnded) {
      hasEnded = true;
      boundary.run("abort", this::reset);
      finish(cause);
    }
  }

  /** Closes the connection after the bytes that were written. */
  void close() {
    if (!hasEnded) {
      hasEnded = true;
      boundary.run("close", context()::close);
      finish("the connection was closed");
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

  private void reset() {
    ChannelHandlerContext context = context();
    if (context.channel().isActive()) { // a closed one refuses the option
      context
          .channel()
          .config()
          .setOption(ChannelOption.SO_LINGER, 0); // or the kernel sends the rest
    }
    context.close();
  }

  /** An exception in one of the two does not keep the other from being told. */
  private void finish(String cause) {
    endCause = cause;
    clearDeadline();
    boundary.run("end", onEnd);
    boundary.run("loss", () -> replyHandler.onLost(cause));
  }

  /**
   * Where to close. NetSocket.close() and Channel.close() first wait, without a bound, until all
   * bytes are flushed; closing from here passes by the handler that waits.
   */
  private ChannelHandlerContext context() {
    return ((NetSocketInternal) socket).channelHandlerContext();
  }
}
