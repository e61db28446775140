package dev.postrider.mail;

import java.util.Locale;

/** Why a mail was skipped, deferred, given up or held: one word, the same everywhere. */
public enum Reason {
  // skipped
  SUPERSEDED,
  CANCELLED,
  EXPIRED,
  DUPLICATE,
  SUPPRESSED,
  NOT_ALLOWED,
  // deferred
  TRANSIENT,
  CONNECTION,
  THROTTLED,
  ROUTE_DOWN,
  // dead
  INVALID,
  REFUSED,
  EXHAUSTED,
  POISON,
  TEMPLATE,
  // held
  UNKNOWN;

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The word of the contract, such as {@code not-allowed}. */
  public String word() {
    return word;
  }
}
