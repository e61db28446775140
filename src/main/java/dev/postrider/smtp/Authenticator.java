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
            ask(source),
            server.timers().auth())
        .compose(who -> login(who, offered));
  }

  private static Future<Credentials> ask(CredentialsSource source) {
    try {
      return Objects.requireNonNull(source.credentials(), "no credentials");
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private Future<Void> login(Credentials who, Capabilities offered) {
    return choose(who, offered)
        .map(chosen -> begin(chosen, who))
        .orElseGet(() -> Future.failedFuture(noneFits(offered)));
  }

  private Optional<SaslMechanism.Named> choose(Credentials who, Capabilities offered) {
    List<SaslMechanism.Named> known =
        SaslMechanism.all(server.host(), server.port()).stream()
            .filter(named -> named.kind() == who.kind())
            .filter(named -> offered.mechanisms().contains(named.name()))
            .toList();
    List<String> wanted = server.extensions().mechanisms();
    if (wanted.isEmpty()) {
      return known.stream().findFirst();
    }
    return known.stream()
        .filter(named -> wanted.contains(named.name()))
        .min((a, b) -> Integer.compare(wanted.indexOf(a.name()), wanted.indexOf(b.name())));
  }

  private static ConnectionFailed noneFits(Capabilities offered) {
    String names = String.join(" ", offered.mechanisms().stream().sorted().toList());
    return ConnectionFailed.lost(
        Phase.AUTHENTICATING,
        "none of the server's AUTH mechanisms fits the credentials; it offers: " + names);
  }

  private Future<Void> begin(SaslMechanism.Named chosen, Credentials who) {
    String what = "AUTH " + chosen.name();
    String line =
        what + chosen.saslMechanism().first(who).map(first -> " " + encode(first)).orElse("");
    return say(what, line).compose(reply -> proceed(chosen, who, 0, reply));
  }

  private Future<Void> proceed(
      SaslMechanism.Named chosen, Credentials who, int number, Reply reply) {
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
    return answer(chosen.saslMechanism(), who, number, reply)
        .compose(answer -> say(what, answer))
        .compose(next -> proceed(chosen, who, number + 1, next));
  }

  private static Future<String> answer(
      SaslMechanism saslMechanism, Credentials who, int number, Reply reply) {
    try {
      byte[] challenge = Base64.getDecoder().decode(reply.lines().get(0).trim());
      return Future.succeededFuture(encode(saslMechanism.answer(who, number, challenge)));
    } catch (IllegalArgumentException | IllegalStateException e) {
      return Future.failedFuture(
          ConnectionFailed.lost(
              Phase.AUTHENTICATING, "a challenge cannot be answered: " + e.getMessage()));
    }
  }

  private Future<Reply> say(String what, String line) {
    return CommandExchange.ask(
        smtpConnection, Phase.AUTHENTICATING, what, line, server.timers().auth());
  }

  private static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
