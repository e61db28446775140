package dev.postrider.queue.admin;

import java.time.Instant;
import java.util.Optional;

/**
 * A queue rests: its mail waits, new mail is still accepted.
 *
 * @param reason in the words of who asked for it; may be empty
 * @param since when it began; empty if the key was written by hand
 * @param until when it ends by itself; empty if it has to be ended
 */
public record QueuePause(String reason, Optional<Instant> since, Optional<Instant> until) {

  public static final int REASON_MAX = 200;

  /** Whether a text is one line that is short enough. */
  public static boolean isReason(String text) {
    return text.length() <= REASON_MAX && text.chars().noneMatch(Character::isISOControl);
  }
}
