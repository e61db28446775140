package dev.postrider.cli;

/** How commands end. */
public final class Exit {

  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int WRONG_USAGE = 2;

  private Exit() {}
}
