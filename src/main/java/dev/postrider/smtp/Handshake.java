package dev.postrider.smtp;

import dev.postrider.smtp.sasl.CredentialsSource;
import io.vertx.core.Future;

/**
 * Makes a connection ready for mail: TLS, greeting, EHLO, STARTTLS, AUTH. Fails with {@link
 * ConnectionFailed}; the caller then closes the connection. Without a required TLS nothing is sent.
 */
final class Handshake {

  private final SmtpConnection connection;
  private final SmtpServer server;
  private final LoginMemory logins;
  private final String ownName;

  Handshake(SmtpConnection connection, SmtpServer server, LoginMemory logins) {
    this.connection = connection;
    this.server = server;
    this.logins = logins;
    this.ownName = EhloName.of(server.heloName(), connection.ownSide());
  }

  /** Completes with what the server offers. */
  Future<Capabilities> run() {
    Future<Void> ready =
        server.tls() == Tls.IMPLICIT ? encrypt(Phase.CONNECTING) : Future.succeededFuture();
    return ready
        .compose(connected -> greeting())
        .compose(greeted -> ehlo())
        .compose(this::secure)
        .compose(this::authenticate);
  }

  private Future<Reply> greeting() {
    return BoundedWait.forReply(
            connection, Phase.GREETING, "the connection", server.timeouts().greeting())
        .compose(reply -> expect(reply, "CONNECT"));
  }

  private Future<Capabilities> ehlo() {
    return exchange("EHLO", "EHLO " + ownName).compose(this::onEhloReply);
  }

  /** A server that does not know EHLO replies 5yz (RFC 5321 §3.2). */
  private Future<Capabilities> onEhloReply(Reply reply) {
    if (reply.positive()) {
      return Future.succeededFuture(Capabilities.of(reply));
    }
    if (!reply.permanentRefusal()) {
      return Future.failedFuture(failure(reply, "EHLO"));
    }
    return exchange("HELO", "HELO " + ownName).compose(this::expectHelo).map(Capabilities.NONE);
  }

  private Future<Reply> expectHelo(Reply reply) {
    return reply.permanentRefusal()
        ? Future.failedFuture(
            ConnectionFailed.needsOperator(
                Phase.GREETING,
                "the server refused our name "
                    + ownName
                    + " ("
                    + reply.text()
                    + "): set own-host-name to the full name of this host"))
        : expect(reply, "HELO");
  }

  private Future<Capabilities> secure(Capabilities offered) {
    boolean offers = offered.offers("STARTTLS");
    if (server.tls() == Tls.STARTTLS_REQUIRED && !offers) {
      return Future.failedFuture(
          ConnectionFailed.needsOperator(
              Phase.GREETING,
              "the server offers no STARTTLS, which is required: check the port, or change"
                  + " start-tls"));
    }
    boolean allowed =
        server.tls() == Tls.STARTTLS_REQUIRED || server.tls() == Tls.STARTTLS_OPTIONAL;
    return allowed && offers ? startTls() : Future.succeededFuture(offered);
  }

  private Future<Capabilities> startTls() {
    return exchange("STARTTLS", "STARTTLS")
        .compose(Handshake::expectTls)
        .compose(ready -> encrypt(Phase.GREETING))
        .compose(secured -> ehlo()); // an offer in clear text no longer counts (RFC 3207 §4.2)
  }

  private Future<Void> encrypt(Phase phase) {
    Future<Void> secured = connection.startTls(Connector.serverName(server.host()));
    return BoundedWait.forWork(
            connection, phase, "the TLS handshake", secured, server.timeouts().connect())
        .recover(failure -> Future.failedFuture(tlsFailed(phase, failure)));
  }

  private Throwable tlsFailed(Phase phase, Throwable failure) {
    return connection.timedOut() ? failure : ConnectFailures.tls(phase, failure.getMessage());
  }

  private static Future<Reply> expectTls(Reply reply) {
    return reply.refusal() && !reply.closing()
        ? Future.failedFuture(
            ConnectionFailed.needsOperator(
                Phase.GREETING,
                "the server refused STARTTLS ("
                    + reply.text()
                    + "): correct its TLS settings, or change start-tls"))
        : expect(reply, "STARTTLS");
  }

  private Future<Capabilities> authenticate(Capabilities offered) {
    return server
        .login()
        .map(source -> login(source, offered))
        .orElseGet(() -> Future.succeededFuture(offered));
  }

  private Future<Capabilities> login(CredentialsSource source, Capabilities offered) {
    return new Authenticator(connection, server, logins).login(source, offered).map(offered);
  }

  private Future<Reply> exchange(String what, String line) {
    return BoundedWait.forReplyTo(
        connection, Phase.GREETING, what, line, server.timeouts().hello());
  }

  private static Future<Reply> expect(Reply reply, String command) {
    return reply.positive()
        ? Future.succeededFuture(reply)
        : Future.failedFuture(failure(reply, command));
  }

  private static ConnectionFailed failure(Reply reply, String command) {
    return reply.refusal()
        ? ConnectionFailed.refused(Phase.GREETING, command, reply)
        : ConnectionFailed.lost(
            Phase.GREETING, "the server answered " + command + " with an unexpected reply");
  }
}
