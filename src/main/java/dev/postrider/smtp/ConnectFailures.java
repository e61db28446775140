package dev.postrider.smtp;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Says in plain words why a server cannot be reached, and whether an operator has to act. */
final class ConnectFailures {

  /** A host may be missing from DNS for a moment, such as while its entry is changed. */
  static final Duration MISSING_MAX = Duration.ofSeconds(30);

  private final SmtpServer server;
  private final LongSupplier clock;
  private OptionalLong missingSince = OptionalLong.empty();

  /**
   * @param clock monotonic, in milliseconds
   */
  ConnectFailures(SmtpServer server, LongSupplier clock) {
    this.server = server;
    this.clock = clock;
  }

  /** The host exists. */
  void connected() {
    missingSince = OptionalLong.empty();
  }

  ConnectionFailed of(Throwable failure) {
    if (failure instanceof HostNotFound) {
      return missing(failure.getMessage() + ": correct the host of the route");
    }
    connected();
    return ConnectionFailed.lost(
        Phase.CONNECTING, server.host() + " cannot be reached: " + failure.getMessage());
  }

  private ConnectionFailed missing(String cause) {
    long now = clock.getAsLong();
    long since = missingSince.orElse(now);
    missingSince = OptionalLong.of(since);
    return now - since >= MISSING_MAX.toMillis()
        ? ConnectionFailed.needsOperator(Phase.CONNECTING, cause)
        : ConnectionFailed.lost(Phase.CONNECTING, cause);
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
