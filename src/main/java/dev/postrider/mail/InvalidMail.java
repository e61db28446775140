package dev.postrider.mail;

/**
 * A mail broke a rule of the contract: which field (as an RFC 6901 JSON pointer), what was
 * expected, and what to do. Never holds the offending value, which may be personal.
 */
public final class InvalidMail extends Exception {

  private static final long serialVersionUID = 1L;

  private final String pointer;

  /**
   * @param pointer RFC 6901 pointer of the fault; empty for the whole document
   * @param message what was expected and what to do, without the offending value
   */
  public InvalidMail(String pointer, String message) {
    super(message, null, false, false);
    this.pointer = pointer;
  }

  /** The same fault in its place: for one found in a value that does not know where it stands. */
  public InvalidMail at(String place) {
    return new InvalidMail(place, getMessage());
  }

  /** RFC 6901 pointer of the fault; empty for the whole document. */
  public String pointer() {
    return pointer;
  }
}
