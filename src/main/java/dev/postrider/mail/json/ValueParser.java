package dev.postrider.mail.json;

import dev.postrider.mail.InvalidMail;

/** Parses one value from its text. Its faults have no pointer, because it does not know the key. */
@FunctionalInterface
interface ValueParser<T> {

  T read(String text) throws InvalidMail;

  /** A fault without a pointer. */
  static InvalidMail fault(String message) {
    return new InvalidMail("", message);
  }
}
