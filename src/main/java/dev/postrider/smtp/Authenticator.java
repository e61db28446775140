package dev.postrider.smtp;

import dev.postrider.smtp.sasl.Credentials;
import dev.postrider.smtp.sasl.CredentialsSource;
import dev.postrider.smtp.sasl.SaslMechanism;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Logs in with the best mechanism that both sides know and the server accepts (RFC 4954). No secret
 * appears in a log or an error.
 */
final class Authenticator {

  private final SmtpConnection connection;
  private final SmtpServer server;
  private final LoginMemory memory;

  Authenticator(SmtpConnection connection, SmtpServer server, LoginMemory memory) {
    this.connection = connection;
    this.server = server;
    this.memory = memory;
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
    List<SaslMechanism> candidates = memory.candidates(fitting(credentials, offered), credentials);
    return candidates.isEmpty()
        ? Future.failedFuture(noMechanism(offered))
        : tryNext(credentials, new ArrayDeque<>(candidates), Optional.empty());
  }

  private List<SaslMechanism> fitting(Credentials credentials, Capabilities offered) {
    Stream<SaslMechanism> usable =
        Arrays.stream(SaslMechanism.values())
            .filter(mechanism -> mechanism.kind() == credentials.kind())
            .filter(mechanism -> offered.mechanisms().contains(mechanism.keyword()));
    List<String> preferred = server.extensions().mechanisms();
    return preferred.isEmpty()
        ? usable.toList()
        : usable
            .filter(mechanism -> preferred.contains(mechanism.keyword()))
            .sorted(Comparator.comparing(mechanism -> preferred.indexOf(mechanism.keyword())))
            .toList();
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

  /**
   * @param decisive the refusal to report if no mechanism succeeds
   */
  private Future<Void> tryNext(
      Credentials credentials,
      Deque<SaslMechanism> candidates,
      Optional<ConnectionFailed> decisive) {
    SaslMechanism mechanism = candidates.remove();
    return new SaslExchange(connection, server, mechanism, credentials)
        .run()
        .recover(failure -> Future.failedFuture(lost(failure, decisive)))
        .compose(
            reply -> onReply(new Attempt(mechanism, credentials, reply), candidates, decisive));
  }

  /** The server closed on the refusal: another mechanism may succeed on another connection. */
  private static Throwable lost(Throwable failure, Optional<ConnectionFailed> decisive) {
    return decisive.<Throwable>map(ConnectionFailed::worthAnotherConnection).orElse(failure);
  }

  private Future<Void> onReply(
      Attempt attempt, Deque<SaslMechanism> candidates, Optional<ConnectionFailed> decisive) {
    if (attempt.reply().positive()) {
      memory.succeeded(attempt.mechanism(), attempt.credentials());
      return Future.succeededFuture();
    }
    ConnectionFailed refusal =
        decisive.filter(ConnectionFailed::isWrongPassword).orElseGet(attempt::failure);
    boolean goOn = attempt.denied() ? denied(attempt, decisive) : refused(attempt, candidates);
    return goOn && !candidates.isEmpty()
        ? tryNext(attempt.credentials(), candidates, Optional.of(refusal))
        : Future.failedFuture(refusal);
  }

  /** At most one other mechanism gets a try with credentials that were not accepted. */
  private boolean denied(Attempt attempt, Optional<ConnectionFailed> decisive) {
    memory.denied(attempt.mechanism(), attempt.credentials(), attempt.reply());
    return decisive.filter(ConnectionFailed::isWrongPassword).isEmpty();
  }

  private boolean refused(Attempt attempt, Deque<SaslMechanism> candidates) {
    if (attempt.mechanismRefused() && !candidates.isEmpty()) {
      memory.refused(attempt.mechanism(), attempt.reply());
    }
    return attempt.mechanismRefused();
  }

  /** The end of one exchange. */
  private record Attempt(SaslMechanism mechanism, Credentials credentials, Reply reply) {

    private static final int TOO_WEAK = 534;
    private static final Set<Integer> NOT_THIS_MECHANISM =
        Set.of(500, 501, 502, 503, 504, TOO_WEAK);
    private static final Set<String> NOT_THIS_MECHANISM_ENHANCED = Set.of("5.5.4", "5.7.4");

    boolean denied() {
      return reply.code() == ConnectionFailed.WRONG_PASSWORD;
    }

    boolean mechanismRefused() {
      String enhanced = reply.enhanced().map(EnhancedCode::toString).orElse("");
      return NOT_THIS_MECHANISM.contains(reply.code())
          || NOT_THIS_MECHANISM_ENHANCED.contains(enhanced);
    }

    ConnectionFailed failure() {
      String command = "AUTH " + mechanism.keyword();
      return mechanismRefused() && reply.code() != TOO_WEAK
          ? ConnectionFailed.needsOperator(
              Phase.AUTHENTICATING,
              "the server refused " + command + " (" + reply.text() + "): change auth-methods")
          : ConnectionFailed.refused(Phase.AUTHENTICATING, command, reply);
    }
  }
}
