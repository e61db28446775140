package dev.postrider.support.smtpserver;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One BDAT chunk (RFC 3030). Its bytes are read even if the mail is refused. */
final class Chunk {

  private static final Pattern SYNTAX = Pattern.compile("(\\d{1,18})( (?i:LAST))?");

  private final MessageContent messageContent;
  private final boolean last;
  private long left;

  private Chunk(MessageContent messageContent, long size, boolean last) {
    this.messageContent = messageContent;
    this.left = size;
    this.last = last;
  }

  /** The chunk that this argument of BDAT announces; empty if it is malformed. */
  static Optional<Chunk> of(String argument, Conversation conversation) {
    Matcher matcher = SYNTAX.matcher(argument);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    MessageContent messageContent =
        conversation.beginChunk()
            ? conversation.transaction().orElseThrow().content()
            : new MessageContent(false, false);
    long size = Long.parseLong(matcher.group(1));
    return Optional.of(new Chunk(messageContent, size, matcher.group(2) != null));
  }

  /** Reads bytes of the chunk; returns how many. */
  int read(Input input) {
    int taken = input.feed(messageContent, left);
    left -= taken;
    return taken;
  }

  boolean complete() {
    return left == 0;
  }

  boolean last() {
    return last;
  }
}
