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
 * #hold}; the end is told exactly once, and nothing is written after it.
 */
final class SmtpConnection implements ReplyReader.Listener {

  /** Who talks on the wire. */
  interface ReplyHandler {
    /**
     * A reply came; {@link SmtpConnection#code()} and {@link SmtpConnection#reply()} speak of it.
     */
    void replied();

    /** The connection is gone; nothing more will come. */
    void lost(String cause);
  }

  private final NetSocket socket;
  private final Runnable onEnd;
  private final ReplyReader reader = new ReplyReader(this);
  private ReplyHandler replyHandler;
  private String awaited = "";
  private long deadline = Long.MAX_VALUE;
  private String trouble = "the server closed the connection";
  private boolean ended;
  private boolean securing;

  /** Takes over a connected socket. {@code onEnd} runs once, before the talk hears of the loss. */
  SmtpConnection(NetSocket socket, Runnable onEnd) {
    this.socket = socket;
    this.onEnd = onEnd;
    socket.handler(this::read).exceptionHandler(this::troubled).closeHandler(this::closed);
  }

  /** Milliseconds of a clock that never jumps. */
  static long now() {
    return System.nanoTime() / 1_000_000;
  }

  void hold(ReplyHandler next) {
    replyHandler = next;
  }

  /** Ends the connection unless a reply comes in time; {@code what} names it for people. */
  void await(String what, Duration time) {
    awaited = what;
    deadline = now() + time.toMillis();
  }

  /** Nothing is awaited. */
  void rest() {
    deadline = Long.MAX_VALUE;
  }

  /** Ends the connection if its deadline has passed. */
  void check(long now) {
    if (now >= deadline) {
      end("no reply to " + awaited + " in time");
    }
  }

  /** Writes unless the connection has ended. */
  Future<Void> write(Buffer bytes) {
    return ended ? Future.failedFuture(trouble) : socket.write(bytes);
  }

  /** Encrypts; until that is done every byte from the server is an attempt to inject replies. */
  Future<Void> secure(String serverName) {
    securing = true;
    return socket.upgradeToSsl(serverName).onSuccess(done -> securing = false);
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
  boolean surplus() {
    return reader.surplus();
  }

  boolean ended() {
    return ended;
  }

  /** Cuts the connection at once; what the server has not yet received, it never will. */
  void end(String cause) {
    if (!ended) {
      ended = true;
      ChannelHandlerContext context = context();
      context.channel().config().setOption(ChannelOption.SO_LINGER, 0); // or the system goes on
      context.close();
      finish(cause);
    }
  }

  /** Closes the connection in good order; nothing that matters is under way. */
  void part() {
    if (!ended) {
      ended = true;
      context().close();
      finish("the conversation was over");
    }
  }

  @Override
  public void replied() {
    if (!ended) {
      replyHandler.replied();
    }
  }

  @Override
  public void faulty(String cause) {
    end("the server sent " + cause);
  }

  private void read(Buffer chunk) {
    if (securing) {
      end("the server sent clear text where TLS must begin");
    } else if (!ended) {
      reader.read(chunk.getBytes());
    }
  }

  private void troubled(Throwable failure) {
    if (!ended) {
      trouble = "the connection broke: " + failure.getMessage();
    }
  }

  private void closed(Void nothing) {
    if (!ended) {
      ended = true;
      finish(trouble);
    }
  }

  private void finish(String cause) {
    trouble = cause;
    rest();
    onEnd.run();
    replyHandler.lost(cause);
  }

  /**
   * Where to close: NetSocket.close() and Channel.close() would first wait, without end, until all
   * that was written is taken. Closing from here does not pass the handler that waits.
   */
  private ChannelHandlerContext context() {
    return ((NetSocketInternal) socket).channelHandlerContext();
  }
}
