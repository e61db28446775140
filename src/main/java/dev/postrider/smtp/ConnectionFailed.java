package dev.postrider.smtp;

import java.util.List;

/** A connection did not become ready; holds the result for the mail that waited for it. */
final class ConnectionFailed extends Exception {

  private static final long serialVersionUID = 1L;

  /** RFC 4954 §6: the credentials are not accepted. */
  static final int WRONG_PASSWORD = 535;

  private final transient SendResult result;
  private final boolean worthAnotherConnection;

  private ConnectionFailed(String cause, SendResult result, boolean worthAnotherConnection) {
    super(cause, null, false, false);
    this.result = result;
    this.worthAnotherConnection = worthAnotherConnection;
  }

  static ConnectionFailed lost(Phase phase, String cause) {
    return new ConnectionFailed(cause, new SendResult.NotSent(phase, cause), false);
  }

  /** Only a changed setting helps; the cause says which. */
  static ConnectionFailed needsOperator(Phase phase, String cause) {
    return new ConnectionFailed(cause, new SendResult.NotSent(phase, cause, true), false);
  }

  static ConnectionFailed refused(Phase phase, String command, Reply reply) {
    return new ConnectionFailed(
        "the server answered " + command + " with " + reply.text(),
        new SendResult.Refused(phase, command, reply, List.of()),
        false);
  }

  /** The failure itself; anything else is a bug of ours. */
  static ConnectionFailed of(Throwable error) {
    return error instanceof ConnectionFailed failure
        ? failure
        : lost(Phase.CONNECTING, "an internal error: " + error);
  }

  /** The same; another connection would be used differently and may succeed at once. */
  ConnectionFailed worthAnotherConnection() {
    return new ConnectionFailed(getMessage(), result, true);
  }

  boolean isWorthAnotherConnection() {
    return worthAnotherConnection;
  }

  /** Whether waiting does not help; a refused login is such a case too. */
  boolean needsOperator() {
    return result instanceof SendResult.NotSent notSent
        ? notSent.needsOperator()
        : result instanceof SendResult.Refused refused
            && refused.phase() == Phase.AUTHENTICATING
            && refused.reply().permanentRefusal();
  }

  boolean isWrongPassword() {
    return result instanceof SendResult.Refused refused
        && refused.phase() == Phase.AUTHENTICATING
        && refused.reply().code() == WRONG_PASSWORD;
  }

  SendResult result() {
    return result;
  }
}
