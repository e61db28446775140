package dev.postrider.smtp;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/** Asks, in bounded time, whether a mail that had waited for a connection is still to be sent. */
final class Recheck {

  private Recheck() {}

  /** Why it is not sent; empty if it is. Never fails. */
  static Future<Optional<SendResult>> of(
      PooledMail mail, SmtpConnection connection, Duration timeout) {
    return BoundedWait.forWork(
            connection,
            Phase.CONNECTING,
            "the check of a mail that had waited",
            mail.stillValid(),
            timeout)
        .transform(Recheck::refusal);
  }

  private static Future<Optional<SendResult>> refusal(AsyncResult<Boolean> stillValid) {
    if (Boolean.TRUE.equals(stillValid.result())) {
      return Future.succeededFuture(Optional.empty());
    }
    String cause = stillValid.failed() ? stillValid.cause().getMessage() : "it is no longer wanted";
    return Future.succeededFuture(Optional.of(new SendResult.NotSent(Phase.CONNECTING, cause)));
  }
}
