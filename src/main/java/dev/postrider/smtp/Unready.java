package dev.postrider.smtp;

import java.util.List;

/** A connection that did not become ready, as the outcome for the mail that waited for it. */
final class Unready extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Transmission outcome;

  private Unready(String cause, Transmission outcome) {
    super(cause, null, false, false);
    this.outcome = outcome;
  }

  static Unready lost(Phase phase, String cause) {
    return new Unready(cause, new Transmission.NotSent(phase, cause));
  }

  static Unready refused(Phase phase, String command, Reply reply) {
    return new Unready(
        "the server answered " + command + " with " + reply.text(),
        new Transmission.Refused(phase, command, reply, List.of()));
  }

  /** A fault of our own. */
  static Unready broken(Throwable why) {
    return lost(Phase.CONNECTING, "an inner fault: " + why);
  }

  Transmission outcome() {
    return outcome;
  }

  /** Whether the server asked for fewer connections or for patience. */
  static boolean closing(Transmission outcome) {
    return outcome instanceof Transmission.Refused refused && refused.reply().closing();
  }
}
