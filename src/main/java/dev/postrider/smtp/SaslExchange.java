package dev.postrider.smtp;

import dev.postrider.smtp.sasl.Credentials;
import dev.postrider.smtp.sasl.SaslMechanism;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * One login by one mechanism on one connection (RFC 4954 §4). Completes with the reply that ends
 * it, positive or a refusal.
 */
final class SaslExchange {

  /** The whole command line with CRLF, in bytes; what is longer is sent after the 334. */
  private static final int COMMAND_LINE_MAX = 512;

  private static final int CHALLENGES_MAX = 8; // LOGIN needs two, the others fewer

  private final SmtpConnection connection;
  private final SmtpServer server;
  private final SaslMechanism mechanism;
  private final Credentials credentials;
  private final Optional<String> initialResponse;
  private boolean initialResponseSent;

  SaslExchange(
      SmtpConnection connection,
      SmtpServer server,
      SaslMechanism mechanism,
      Credentials credentials) {
    this.connection = connection;
    this.server = server;
    this.mechanism = mechanism;
    this.credentials = credentials;
    this.initialResponse =
        mechanism
            .initialResponse(credentials, server.host(), server.port())
            .map(SaslExchange::encode);
  }

  Future<Reply> run() {
    String atOnce = initialResponse.map(response -> " " + response).orElse("");
    String line = command() + atOnce;
    boolean fits = line.length() + 2 <= COMMAND_LINE_MAX;
    initialResponseSent = fits && !atOnce.isEmpty();
    return exchange(fits ? line : command()).compose(this::onFirstReply);
  }

  /** Some servers know no initial response, or limit the line to less: 500 or 501. */
  private Future<Reply> onFirstReply(Reply reply) {
    if (initialResponseSent && (reply.code() == 500 || reply.code() == 501)) {
      initialResponseSent = false;
      return exchange(command()).compose(next -> onReply(0, next));
    }
    return onReply(0, reply);
  }

  /** {@code number} counts the challenges before this reply. */
  private Future<Reply> onReply(int number, Reply reply) {
    if (reply.positive() || reply.refusal()) {
      return Future.succeededFuture(reply);
    }
    if (number == CHALLENGES_MAX) {
      return Future.failedFuture(failed("the server does not finish " + command()));
    }
    return response(number, reply)
        .compose(this::exchange)
        .compose(next -> onReply(number + 1, next));
  }

  private Future<String> response(int number, Reply challenge) {
    if (!initialResponseSent && initialResponse.isPresent()) {
      initialResponseSent = true;
      return Future.succeededFuture(initialResponse.get());
    }
    try {
      byte[] text = challenge.lines().get(0).trim().getBytes(StandardCharsets.US_ASCII);
      return Future.succeededFuture(encode(mechanism.response(credentials, number, text)));
    } catch (IllegalArgumentException | IllegalStateException e) {
      return Future.failedFuture(failed("a challenge cannot be answered: " + e.getMessage()));
    }
  }

  private String command() {
    return "AUTH " + mechanism.keyword();
  }

  private Future<Reply> exchange(String line) {
    return BoundedWait.forReplyTo(
        connection, Phase.AUTHENTICATING, command(), line, server.timeouts().auth());
  }

  private static ConnectionFailed failed(String cause) {
    return ConnectionFailed.lost(Phase.AUTHENTICATING, cause);
  }

  private static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
