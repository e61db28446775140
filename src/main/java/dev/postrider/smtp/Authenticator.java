package dev.postrider.smtp;

import dev.postrider.smtp.sasl.Credentials;
import dev.postrider.smtp.sasl.CredentialsSource;
import dev.postrider.smtp.sasl.SaslMechanism;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Logs in with the best mechanism that both sides know (RFC 4954). No secret appears in a log or an
 * error.
 */
final class Authenticator {

  private static final int CHALLENGES_MAX = 8; // LOGIN needs two, the others fewer

  private final SmtpConnection connection;
  private final SmtpServer server;

  Authenticator(SmtpConnection connection, SmtpServer server) {
    this.connection = connection;
    this.server = server;
  }

  Future<Void> login(CredentialsSource source, Capabilities offered) {
    return BoundedWait.forWork(
            connection,
            Phase.AUTHENTICATING,
            "credentials",
            credentialsOf(source),
            server.timeouts().auth())
        .compose(credentials -> login(credentials, offered));
  }

  private static Future<Credentials> credentialsOf(CredentialsSource source) {
    try {
      return Objects.requireNonNull(source.credentials(), "no credentials");
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private Future<Void> login(Credentials credentials, Capabilities offered) {
    return choose(credentials, offered)
        .map(mechanism -> start(mechanism, credentials))
        .orElseGet(() -> Future.failedFuture(noMechanism(offered)));
  }

  private Optional<SaslMechanism> choose(Credentials credentials, Capabilities offered) {
    Stream<SaslMechanism> usable =
        Arrays.stream(SaslMechanism.values())
            .filter(mechanism -> mechanism.kind() == credentials.kind())
            .filter(mechanism -> offered.mechanisms().contains(mechanism.keyword()));
    List<String> preferred = server.extensions().mechanisms();
    return preferred.isEmpty()
        ? usable.findFirst()
        : usable
            .filter(mechanism -> preferred.contains(mechanism.keyword()))
            .min(Comparator.comparing(mechanism -> preferred.indexOf(mechanism.keyword())));
  }

  private static ConnectionFailed noMechanism(Capabilities offered) {
    String names = String.join(" ", offered.mechanisms().stream().sorted().toList());
    String cause =
        names.isEmpty()
            ? "a user name is set, but the server offers no login (AUTH): remove the user name, or"
                + " check port and TLS"
            : "the server offers only login mechanisms that do not fit ("
                + names
                + "): change login or auth-methods";
    return ConnectionFailed.needsOperator(Phase.AUTHENTICATING, cause);
  }

  private Future<Void> start(SaslMechanism mechanism, Credentials credentials) {
    String command = "AUTH " + mechanism.keyword();
    String initialResponse =
        mechanism
            .initialResponse(credentials, server.host(), server.port())
            .map(bytes -> " " + encode(bytes))
            .orElse("");
    return exchange(command, command + initialResponse)
        .compose(reply -> onReply(mechanism, credentials, 0, reply));
  }

  /** {@code number} counts the challenges before this reply. */
  private Future<Void> onReply(
      SaslMechanism mechanism, Credentials credentials, int number, Reply reply) {
    String command = "AUTH " + mechanism.keyword();
    if (reply.positive()) {
      return Future.succeededFuture();
    }
    if (reply.refusal()) {
      return Future.failedFuture(ConnectionFailed.refused(Phase.AUTHENTICATING, command, reply));
    }
    if (number == CHALLENGES_MAX) {
      return Future.failedFuture(failed("the server does not finish " + command));
    }
    return response(mechanism, credentials, number, reply)
        .compose(response -> exchange(command, response))
        .compose(next -> onReply(mechanism, credentials, number + 1, next));
  }

  private static Future<String> response(
      SaslMechanism mechanism, Credentials credentials, int number, Reply reply) {
    try {
      byte[] challenge = Base64.getDecoder().decode(reply.lines().get(0).trim());
      return Future.succeededFuture(encode(mechanism.response(credentials, number, challenge)));
    } catch (IllegalArgumentException | IllegalStateException e) {
      return Future.failedFuture(failed("a challenge cannot be answered: " + e.getMessage()));
    }
  }

  private Future<Reply> exchange(String what, String line) {
    return BoundedWait.forReplyTo(
        connection, Phase.AUTHENTICATING, what, line, server.timeouts().auth());
  }

  private static ConnectionFailed failed(String cause) {
    return ConnectionFailed.lost(Phase.AUTHENTICATING, cause);
  }

  private static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
