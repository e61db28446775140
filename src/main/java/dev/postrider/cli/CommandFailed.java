package dev.postrider.cli;

/** A command could not do what it was asked; the message is one sentence with the next step. */
public final class CommandFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CommandFailed(String message) {
    super(message, null, false, false);
  }
}
