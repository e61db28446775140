package dev.postrider.cli;

/** The command line makes no sense; the message is one sentence with the next step. */
final class WrongUsage extends RuntimeException {

  private static final long serialVersionUID = 1L;

  WrongUsage(String message) {
    super(message, null, false, false);
  }
}
