package dev.postrider.mail.json;

import dev.postrider.mail.InvalidMail;

/**
 * Reads one value from its text. It does not know where the value stands: its faults say no place.
 */
@FunctionalInterface
interface ValueParser<T> {

  T read(String text) throws InvalidMail;

  /** A fault of the value at hand. */
  static InvalidMail fault(String message) {
    return new InvalidMail("", message);
  }
}
