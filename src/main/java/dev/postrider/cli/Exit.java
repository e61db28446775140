package dev.postrider.cli;

/** How commands end. */
final class Exit {

  static final int DONE = 0;
  static final int FAILED = 1;
  static final int WRONG_USAGE = 2;

  private Exit() {}
}
