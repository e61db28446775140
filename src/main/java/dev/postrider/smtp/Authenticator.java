package dev.postrider.smtp;

import dev.postrider.smtp.sasl.Credentials;
import dev.postrider.smtp.sasl.CredentialsSource;
import dev.postrider.smtp.sasl.SaslMechanism;
import io.vertx.core.Future;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Logs in with the best mechanism that both sides know (RFC 4954). What it sends appears in no log
 * and no cause.
 */
final class Authenticator {

  private static final int CHALLENGES_MAX = 8; // LOGIN needs two, no mechanism of ours more

  private final SmtpConnection smtpConnection;
  private final SmtpServer server;

  Authenticator(SmtpConnection smtpConnection, SmtpServer server) {
    this.smtpConnection = smtpConnection;
    this.server = server;
  }

  Future<Void> login(CredentialsSource source, Capabilities offered) {
    return TimedWait.during(
            smtpConnection,
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
        .map(chosen -> begin(chosen, credentials))
        .orElseGet(() -> Future.failedFuture(noMechanism(offered)));
  }

  private Optional<SaslMechanism.Named> choose(Credentials credentials, Capabilities offered) {
    List<SaslMechanism.Named> known =
        SaslMechanism.all(server.host(), server.port()).stream()
            .filter(named -> named.kind() == credentials.kind())
            .filter(named -> offered.mechanisms().contains(named.name()))
            .toList();
    List<String> preferred = server.extensions().mechanisms();
    if (preferred.isEmpty()) {
      return known.stream().findFirst();
    }
    return known.stream()
        .filter(named -> preferred.contains(named.name()))
        .min((a, b) -> Integer.compare(preferred.indexOf(a.name()), preferred.indexOf(b.name())));
  }

  private static ConnectionFailed noMechanism(Capabilities offered) {
    String names = String.join(" ", offered.mechanisms().stream().sorted().toList());
    return ConnectionFailed.lost(
        Phase.AUTHENTICATING,
        "none of the server's AUTH mechanisms fits the credentials; it offers: " + names);
  }

  private Future<Void> begin(SaslMechanism.Named chosen, Credentials credentials) {
    String what = "AUTH " + chosen.name();
    String line =
        what
            + chosen
                .saslMechanism()
                .first(credentials)
                .map(first -> " " + encode(first))
                .orElse("");
    return exchange(what, line).compose(reply -> onReply(chosen, credentials, 0, reply));
  }

  private Future<Void> onReply(
      SaslMechanism.Named chosen, Credentials credentials, int number, Reply reply) {
    String what = "AUTH " + chosen.name();
    if (reply.positive()) {
      return Future.succeededFuture();
    }
    if (reply.refusal()) {
      return Future.failedFuture(ConnectionFailed.refused(Phase.AUTHENTICATING, what, reply));
    }
    if (number == CHALLENGES_MAX) {
      return Future.failedFuture(
          ConnectionFailed.lost(
              Phase.AUTHENTICATING, "the server does not come to an end with " + what));
    }
    return response(chosen.saslMechanism(), credentials, number, reply)
        .compose(answer -> exchange(what, answer))
        .compose(next -> onReply(chosen, credentials, number + 1, next));
  }

  private static Future<String> response(
      SaslMechanism saslMechanism, Credentials credentials, int number, Reply reply) {
    try {
      byte[] challenge = Base64.getDecoder().decode(reply.lines().get(0).trim());
      return Future.succeededFuture(encode(saslMechanism.answer(credentials, number, challenge)));
    } catch (IllegalArgumentException | IllegalStateException e) {
      return Future.failedFuture(
          ConnectionFailed.lost(
              Phase.AUTHENTICATING, "a challenge cannot be answered: " + e.getMessage()));
    }
  }

  private Future<Reply> exchange(String what, String line) {
    return CommandExchange.ask(
        smtpConnection, Phase.AUTHENTICATING, what, line, server.timeouts().auth());
  }

  private static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
