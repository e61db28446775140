package dev.postrider.support.smtpserver;

import dev.postrider.support.smtpserver.MailServerOptions.Writing;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;

/** The server's side of the wire: gathers replies, writes them the configured way, hangs up. */
final class ReplyWriter {

  private final Context context;
  private final NetSocket socket;
  private final Writing writing;
  private Buffer gathered = Buffer.buffer();
  private Buffer trickling = Buffer.buffer();
  private int trickled;
  private boolean closing;

  ReplyWriter(Context context, NetSocket socket, Writing writing) {
    this.context = context;
    this.socket = socket;
    this.writing = writing;
  }

  void add(String text) {
    gathered.appendString(text);
  }

  /** Writes all that was gathered. */
  void flush() {
    if (gathered.length() == 0) {
      return;
    }
    Buffer now = gathered;
    gathered = Buffer.buffer();
    if (writing == Writing.COALESCED) {
      socket.write(now);
      return;
    }
    boolean idle = trickled == trickling.length();
    trickling.appendBuffer(now);
    if (idle) {
      trickle();
    }
  }

  /** Writes what is left and closes (FIN). */
  void close() {
    flush();
    closing = true;
    if (trickled == trickling.length()) {
      socket.close();
    }
  }

  /** Closes at once with a RST; what was not yet sent is lost. */
  void reset() {
    Channel channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    socket.close();
  }

  /** One octet a turn of the event loop: within one turn the transport would join them. */
  private void trickle() {
    if (trickled < trickling.length()) {
      socket.write(trickling.slice(trickled, ++trickled));
      context.runOnContext(turn -> trickle());
    } else if (closing) {
      socket.close();
    }
  }
}
