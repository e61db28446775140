package dev.postrider.smtp;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;

/**
 * Checks before another mail that a server is in step: that the next reply belongs to the next
 * command. The replies to all commands of a mail by BDAT look alike, so one reply too many would
 * shift them unseen, and a refusal could be read as the acceptance of another mail. Only the reply
 * to EHLO cannot be taken for another one; EHLO also resets the transaction (RFC 5321 §4.1.4).
 */
final class StepCheck {

  private StepCheck() {}

  /** Whether the server is in step; never fails. */
  static Future<Boolean> of(SmtpConnection connection, SmtpServer server) {
    return BoundedWait.forReplyTo(
            connection,
            Phase.CONNECTING,
            "EHLO",
            "EHLO " + EhloName.of(server.heloName(), connection.ownSide()),
            server.timeouts().hello())
        .transform(reply -> Future.succeededFuture(isFromEhlo(reply)));
  }

  private static boolean isFromEhlo(AsyncResult<Reply> reply) {
    return reply.succeeded()
        && reply.result().positive()
        && Capabilities.of(reply.result()).offers("CHUNKING");
  }
}
