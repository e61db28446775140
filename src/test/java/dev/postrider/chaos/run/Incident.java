package dev.postrider.chaos.run;

import java.util.Set;

/**
 * Something that may have made mails uncertain.
 *
 * @param since with {@code ROLLBACK} Redis may have forgotten what it was told later, in Unix ms
 * @param until a mail taken later, in Unix ms, was not taken in that life
 * @param mails in flight there and not settled; with {@code ERASED} those that were erased
 */
public record Incident(Kind kind, long since, long until, Set<String> mails) {

  public Incident(Kind kind, long until, Set<String> mails) {
    this(kind, 0, until, mails);
  }

  /** What may be sent once more for it. */
  public enum Kind {
    /** A mail that the server had taken, unless it asked to be held. */
    CRASH,
    /**
     * The same; and the one mail that a sleeper was about to write when it fell asleep, after it
     * had looked whether its lease held.
     */
    SLEEP,
    /** Any of its mails: Redis itself forgot who had them. */
    AMNESIA,
    /**
     * Redis went back in time: what it accepted of late may be lost, and what was in flight or
     * taken meanwhile may be sent once more.
     */
    ROLLBACK,
    /** Its mails were erased: they may be lost. */
    ERASED
  }
}
