package dev.postrider.api.mails;

import dev.postrider.event.Timeline;
import dev.postrider.queue.admin.MailLocation;
import java.util.Arrays;
import java.util.Locale;

/** Where a mail is on its way. */
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
   * The schedule knows best, then the last moment. A mail that left the schedule is said to be
   * ready until it is settled: its new entry has a new id, and nothing is ever searched for.
   */
  static MailState of(MailLocation mailLocation, Timeline timeline) {
    MailState last = timeline.last().map(stateChange -> named(stateChange.type())).orElse(UNKNOWN);
    if (mailLocation.due().isPresent()) {
      return last == DEFERRED ? DEFERRED : SCHEDULED;
    }
    if (last.ended()) {
      return last;
    }
    return mailLocation.entryState() == MailLocation.EntryState.IN_FLIGHT ? IN_FLIGHT : READY;
  }

  /** True if nothing happens to it by itself any more. */
  boolean ended() {
    return compareTo(SENT) >= 0;
  }

  /** The word of the contract. */
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
