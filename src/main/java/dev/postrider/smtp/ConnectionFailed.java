package dev.postrider.smtp;

import java.util.List;

/** A connection did not become ready; holds the result for the mail that waited for it. */
final class ConnectionFailed extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient SendResult result;

  private ConnectionFailed(String cause, SendResult result) {
    super(cause, null, false, false);
    this.result = result;
  }

  static ConnectionFailed lost(Phase phase, String cause) {
    return new ConnectionFailed(cause, new SendResult.NotSent(phase, cause));
  }

  /** Only a changed setting helps; the cause says which. */
  static ConnectionFailed needsOperator(Phase phase, String cause) {
    return new ConnectionFailed(cause, new SendResult.NotSent(phase, cause, true));
  }

  static ConnectionFailed refused(Phase phase, String command, Reply reply) {
    return new ConnectionFailed(
        "the server answered " + command + " with " + reply.text(),
        new SendResult.Refused(phase, command, reply, List.of()));
  }

  /** The failure itself; anything else is a bug of ours. */
  static ConnectionFailed of(Throwable error) {
    return error instanceof ConnectionFailed failure
        ? failure
        : lost(Phase.CONNECTING, "an internal error: " + error);
  }

  /** Whether waiting does not help; a refused login is such a case too. */
  boolean needsOperator() {
    return result instanceof SendResult.NotSent notSent
        ? notSent.needsOperator()
        : result instanceof SendResult.Refused refused
            && refused.phase() == Phase.AUTHENTICATING
            && refused.reply().permanentRefusal();
  }

  SendResult result() {
    return result;
  }

  /** Whether the server asked for fewer connections or a pause. */
  static boolean isClosing(SendResult result) {
    return result instanceof SendResult.Refused refused && refused.reply().closing();
  }
}
