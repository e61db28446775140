package dev.postrider.chaos;

import java.util.Set;

/**
 * Something that may have made mails uncertain.
 *
 * @param until a mail taken later, in Unix ms, was not taken in that life
 * @param mails in flight there and not settled
 */
record Incident(Kind kind, long until, Set<String> mails) {

  /** What may be sent once more for it. */
  enum Kind {
    /** A mail that the server had taken, unless it asked to be held. */
    CRASH,
    /**
     * The same; and the one mail that a sleeper was about to write when it fell asleep, after it
     * had looked whether its lease held.
     */
    SLEEP,
    /** Any of its mails: Redis itself forgot who had them. */
    AMNESIA
  }
}
