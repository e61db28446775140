package dev.postrider.cli;

/** The command line makes no sense; the message is one sentence with the next step. */
public final class WrongUsage extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public WrongUsage(String message) {
    super(message, null, false, false);
  }
}
