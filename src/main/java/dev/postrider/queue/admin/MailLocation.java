package dev.postrider.queue.admin;

import dev.postrider.queue.AttemptHistory;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where one mail is and what is known of it.
 *
 * @param queue in which it was looked for
 * @param timeline its lines as the scripts write them; empty if there is none
 * @param due when it is promoted, in ms by Redis's clock; present while it is in the schedule
 * @param attemptHistory what it carries along in the schedule
 * @param entryState where its first entry is
 */
public record MailLocation(
    String queue,
    String timeline,
    OptionalLong due,
    Optional<AttemptHistory> attemptHistory,
    EntryState entryState) {

  /** Where the entry is that brought the mail. */
  public enum EntryState {
    /** Not in the stream: promoted since, settled, or never there. */
    NOT_FOUND,
    /** In the stream, not read yet. */
    READY,
    /** A worker has it. */
    IN_FLIGHT
  }

  /** True if anything is known of the mail here. */
  public boolean isKnown() {
    return !timeline.isEmpty() || due.isPresent() || entryState != EntryState.NOT_FOUND;
  }
}
