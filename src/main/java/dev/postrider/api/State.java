package dev.postrider.api;

import dev.postrider.event.Timeline;
import dev.postrider.queue.Finding;
import java.util.Arrays;
import java.util.Locale;

/** Where a mail is on its way. */
enum State {
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
  static State of(Finding finding, Timeline timeline) {
    State last = timeline.last().map(moment -> named(moment.type())).orElse(UNKNOWN);
    if (finding.due().isPresent()) {
      return last == DEFERRED ? DEFERRED : SCHEDULED;
    }
    if (last.ended()) {
      return last;
    }
    return finding.place() == Finding.Place.IN_FLIGHT ? IN_FLIGHT : READY;
  }

  /** True if nothing happens to it by itself any more. */
  boolean ended() {
    return compareTo(SENT) >= 0;
  }

  /** The word of the contract. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static State named(String word) {
    return Arrays.stream(values())
        .filter(state -> state.word().equals(word))
        .findFirst()
        .orElse(UNKNOWN);
  }
}
