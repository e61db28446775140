package dev.postrider.api.mails;

import dev.postrider.event.Timeline;
import dev.postrider.queue.admin.MailLocation;
import java.util.Arrays;
import java.util.Locale;

/** The state of a mail, as the HTTP API names it. */
enum MailState {
  UNKNOWN,
  READY,
  IN_FLIGHT,
  SCHEDULED,
  DEFERRED,
  SENT,
  SKIPPED,
  DEAD,
  HELD,
  DISCARDED;

  /**
   * The schedule decides first, then the last change of state. A mail that has left the schedule
   * counts as ready until it is settled: its new entry has another id, and streams are not
   * searched.
   */
  static MailState of(MailLocation mailLocation, Timeline timeline) {
    MailState last = timeline.last().map(stateChange -> named(stateChange.type())).orElse(UNKNOWN);
    if (mailLocation.due().isPresent()) {
      return last == DEFERRED ? DEFERRED : SCHEDULED;
    }
    if (timeline.end().isPresent()) {
      return last;
    }
    return mailLocation.entryState() == MailLocation.EntryState.IN_FLIGHT ? IN_FLIGHT : READY;
  }

  /** True if its state changes only by a caller's action. */
  boolean ended() {
    return compareTo(SENT) >= 0;
  }

  /** The name in JSON. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static MailState named(String word) {
    return Arrays.stream(values())
        .filter(mailState -> mailState.word().equals(word))
        .findFirst()
        .orElse(UNKNOWN);
  }
}
