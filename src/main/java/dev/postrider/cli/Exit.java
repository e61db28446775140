package dev.postrider.cli;

/** How a command ends: its exit status, or this exception with a message for the user. */
public final class Exit extends RuntimeException {

  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int WRONG_USAGE = 2;

  private static final long serialVersionUID = 1L;

  private final int status;

  private Exit(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  /**
   * @param message one sentence that says what to do next
   */
  public static Exit failed(String message) {
    return new Exit(FAILED, message);
  }

  /**
   * @param message one sentence that says what to type
   */
  public static Exit wrongUsage(String message) {
    return new Exit(WRONG_USAGE, message);
  }

  int status() {
    return status;
  }
}
