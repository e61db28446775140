package dev.postrider.support.smtpserver;

import dev.postrider.support.smtpserver.MailServerOptions.Writing;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;

/** Collects replies, writes them in the configured way, closes the connection. */
final class ReplyWriter {

  private final Context context;
  private final NetSocket socket;
  private final Writing writing;
  private Buffer collected = Buffer.buffer();
  private Buffer slowBytes = Buffer.buffer();
  private int slowSent;
  private boolean closing;

  ReplyWriter(Context context, NetSocket socket, Writing writing) {
    this.context = context;
    this.socket = socket;
    this.writing = writing;
  }

  void add(String text) {
    collected.appendString(text);
  }

  /** Writes all that was collected. */
  void flush() {
    if (collected.length() == 0) {
      return;
    }
    Buffer now = collected;
    collected = Buffer.buffer();
    if (writing == Writing.COALESCED) {
      socket.write(now);
      return;
    }
    boolean idle = slowSent == slowBytes.length();
    slowBytes.appendBuffer(now);
    if (idle) {
      writeSlowly();
    }
  }

  /** Writes the rest and closes (FIN). */
  void close() {
    flush();
    closing = true;
    if (slowSent == slowBytes.length()) {
      socket.close();
    }
  }

  /** Closes at once with a RST; what was not yet sent is lost. */
  void reset() {
    Channel channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    socket.close();
  }

  /** One byte in each turn of the event loop: within one turn the transport would join them. */
  private void writeSlowly() {
    if (slowSent < slowBytes.length()) {
      socket.write(slowBytes.slice(slowSent, ++slowSent));
      context.runOnContext(turn -> writeSlowly());
    } else if (closing) {
      socket.close();
    }
  }
}
