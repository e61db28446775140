package dev.postrider.cli;

/** A command could not do what it was asked; the message is one sentence with the next step. */
final class CommandFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CommandFailed(String message) {
    super(message, null, false, false);
  }
}
