package dev.postrider.smtp;

import io.vertx.core.Future;

/**
 * Makes a connection ready for mail: greeting, EHLO, STARTTLS, AUTH. Fails with {@link
 * ConnectionFailed} and leaves closing to its caller. Where TLS is required there is no way around
 * it.
 */
final class Handshake {

  private final SmtpConnection smtpConnection;
  private final SmtpServer server;

  Handshake(SmtpConnection smtpConnection, SmtpServer server) {
    this.smtpConnection = smtpConnection;
    this.server = server;
  }

  /** What the server offers once all is done. */
  Future<Capabilities> run() {
    return greeting().compose(greeted -> ehlo()).compose(this::secure).compose(this::authenticate);
  }

  private Future<Reply> greeting() {
    return CommandExchange.listen(
            smtpConnection, Phase.GREETING, "the connection", server.timeouts().greeting())
        .compose(reply -> expect(reply, "CONNECT"));
  }

  private Future<Capabilities> ehlo() {
    return exchange("EHLO", "EHLO " + server.heloName()).compose(this::onEhloReply);
  }

  /** A server that does not know EHLO says 5yz (RFC 5321 §3.2). */
  private Future<Capabilities> onEhloReply(Reply reply) {
    if (reply.positive()) {
      return Future.succeededFuture(Capabilities.of(reply));
    }
    if (!reply.permanentRefusal()) {
      return Future.failedFuture(failure(reply, "EHLO"));
    }
    return exchange("HELO", "HELO " + server.heloName())
        .compose(helo -> expect(helo, "HELO"))
        .map(Capabilities.NONE);
  }

  private Future<Capabilities> secure(Capabilities offered) {
    boolean offers = offered.offers("STARTTLS");
    if (server.tls() == Tls.STARTTLS_REQUIRED && !offers) {
      return Future.failedFuture(
          ConnectionFailed.lost(
              Phase.GREETING, "the server offers no STARTTLS, which is required"));
    }
    boolean wanted = server.tls() == Tls.STARTTLS_REQUIRED || server.tls() == Tls.STARTTLS_OPTIONAL;
    return wanted && offers ? startTls() : Future.succeededFuture(offered);
  }

  private Future<Capabilities> startTls() {
    return exchange("STARTTLS", "STARTTLS")
        .compose(reply -> expect(reply, "STARTTLS"))
        .compose(this::encrypt)
        .compose(secured -> ehlo()); // what was offered in clear text is void (RFC 3207 §4.2)
  }

  private Future<Void> encrypt(Reply ready) {
    Future<Void> secured = smtpConnection.startTls(Connector.serverName(server.host()));
    return TimedWait.during(
        smtpConnection, Phase.GREETING, "the TLS handshake", secured, server.timeouts().connect());
  }

  private Future<Capabilities> authenticate(Capabilities offered) {
    return server
        .login()
        .map(
            source -> new Authenticator(smtpConnection, server).login(source, offered).map(offered))
        .orElseGet(() -> Future.succeededFuture(offered));
  }

  private Future<Reply> exchange(String what, String line) {
    return CommandExchange.ask(
        smtpConnection, Phase.GREETING, what, line, server.timeouts().hello());
  }

  private static Future<Reply> expect(Reply reply, String command) {
    return reply.positive()
        ? Future.succeededFuture(reply)
        : Future.failedFuture(failure(reply, command));
  }

  private static ConnectionFailed failure(Reply reply, String command) {
    return reply.refusal()
        ? ConnectionFailed.refused(Phase.GREETING, command, reply)
        : ConnectionFailed.lost(Phase.GREETING, "the server answered " + command + " out of turn");
  }
}
