package dev.postrider.mail;

/**
 * A mail breaks a rule of the contract. Says where (RFC 6901 JSON pointer), what was expected, and
 * what to do. Never contains the invalid value, which may be personal.
 */
public final class InvalidMail extends Exception {

  private static final long serialVersionUID = 1L;

  private final String pointer;

  /**
   * @param pointer RFC 6901 pointer of the fault; empty for the whole document
   * @param message what was expected and what to do, without the invalid value
   */
  public InvalidMail(String pointer, String message) {
    super(message, null, false, false);
    this.pointer = pointer;
  }

  /** The same fault with another pointer, for parsers that do not know where their value is. */
  public InvalidMail at(String place) {
    return new InvalidMail(place, getMessage());
  }

  /** RFC 6901 pointer of the fault; empty for the whole document. */
  public String pointer() {
    return pointer;
  }
}
