package dev.postrider.dev;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One BDAT chunk (RFC 3030). Its octets are read even if nobody is going to receive them. */
final class Chunk {

  private static final Pattern SYNTAX = Pattern.compile("(\\d{1,18})( (?i:LAST))?");

  private final Content content;
  private final boolean last;
  private long left;

  private Chunk(Content content, long size, boolean last) {
    this.content = content;
    this.left = size;
    this.last = last;
  }

  /** The chunk that this argument of BDAT announces; empty if it is malformed. */
  static Optional<Chunk> of(String argument, Conversation conversation) {
    Matcher matcher = SYNTAX.matcher(argument);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Content content =
        conversation.beginChunk()
            ? conversation.transaction().orElseThrow().content()
            : new Content(false, false);
    long size = Long.parseLong(matcher.group(1));
    return Optional.of(new Chunk(content, size, matcher.group(2) != null));
  }

  /** Reads what belongs to the chunk; returns how many octets that were. */
  int read(Input input) {
    int taken = input.feed(content, left);
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
