package dev.postrider.address;

/** An address breaks a rule. Says what was expected and what to do, never the address. */
public final class MalformedAddress extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedAddress(String message) {
    super(message, null, false, false);
  }
}
