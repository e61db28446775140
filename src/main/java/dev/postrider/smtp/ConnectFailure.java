package dev.postrider.smtp;

import java.net.UnknownHostException;

/** Says in plain words why a server cannot be reached, and whether an operator has to act. */
final class ConnectFailure {

  private ConnectFailure() {}

  static ConnectionFailed of(SmtpServer server, Throwable failure) {
    if (failure instanceof UnknownHostException) {
      return ConnectionFailed.needsOperator(
          Phase.CONNECTING,
          "the host " + server.host() + " does not exist: correct the host of the route");
    }
    return ConnectionFailed.lost(
        Phase.CONNECTING, server.host() + " cannot be reached: " + failure.getMessage());
  }

  /** A handshake that failed: the certificate, the versions, or a port without TLS. */
  static ConnectionFailed tls(Phase phase, String detail) {
    return ConnectionFailed.needsOperator(
        phase,
        "the TLS handshake failed ("
            + detail
            + "): check the port, the server's certificate and the trust store");
  }
}
