package dev.postrider.smtpserver;

import dev.postrider.smtpserver.MessageListener.Reply;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.Optional;

/**
 * One connection: splits the input into commands and content, and writes the replies in their
 * order. Replies to commands that came together leave in one write.
 */
final class ReceiverConnection {

  private static final byte[] NONE = {};

  private final Context context;
  private final NetSocket socket;
  private final ReceiverDialogue dialogue;
  private final CommandLines lines = new CommandLines();
  private byte[] input = NONE;
  private int index;
  private Buffer replies = Buffer.buffer();
  private boolean waiting;
  private boolean paused;
  private boolean closing;

  ReceiverConnection(Context context, NetSocket socket, ReceiverDialogue dialogue) {
    this.context = context;
    this.socket = socket;
    this.dialogue = dialogue;
  }

  void open() {
    socket.handler(this::received);
    socket.drainHandler(drained -> proceed());
    socket.exceptionHandler(error -> socket.close());
    write(dialogue.greeting());
    flush();
  }

  private void received(Buffer buffer) {
    input = buffer.getBytes();
    index = 0;
    proceed();
  }

  private void proceed() {
    boolean progress = true;
    while (progress && !waiting && !closing) {
      Optional<MessageContent> content = dialogue.expectedContent();
      progress = content.isPresent() ? readContent(content.get()) : readCommand();
    }
    flush();
  }

  private boolean readCommand() {
    index = lines.read(input, index);
    if (!lines.isComplete()) {
      return false;
    }
    Optional<Reply> refusal = lines.refusal();
    String line = lines.take();
    refusal.or(() -> dialogue.reply(line)).ifPresent(this::write);
    return true;
  }

  private boolean readContent(MessageContent content) {
    index = content.read(input, index);
    if (!content.isAtEnd()) {
      return false;
    }
    Future<Reply> reply = dialogue.replyToContent();
    if (reply.isComplete()) {
      write(reply.result());
    } else {
      waiting = true;
      reply.onSuccess(this::replyLater);
    }
    return true;
  }

  /** The listener may complete the reply on any thread. */
  private void replyLater(Reply reply) {
    context.runOnContext(turn -> resume(reply));
  }

  private void resume(Reply reply) {
    waiting = false;
    write(reply);
    proceed();
  }

  private void write(Reply reply) {
    replies.appendString(reply.lines());
    closing |= reply.code() == 221;
  }

  /** A client that reads no replies gets no more of its commands executed. */
  private void flush() {
    if (replies.length() > 0) {
      socket.write(replies);
      replies = Buffer.buffer();
    }
    if (closing) {
      socket.close();
    } else if (!paused && (waiting || socket.writeQueueFull())) {
      paused = true;
      socket.pause();
    } else if (paused && !waiting && !socket.writeQueueFull()) {
      paused = false;
      socket.resume();
    }
  }
}
