package dev.postrider.mail;

/**
 * Reads one value from its text. It does not know where the value stands: its faults say no place.
 */
@FunctionalInterface
interface Leaf<T> {

  T read(String text) throws InvalidMail;

  /** A fault of the value at hand. */
  static InvalidMail fault(String message) {
    return new InvalidMail("", message);
  }
}
