package dev.postrider.smtp;

import dev.postrider.smtp.sasl.CredentialsSource;
import java.util.Optional;

/**
 * An SMTP server and how to use it.
 *
 * @param host name or address; the name in the certificate
 * @param port 1 to 65,535
 * @param tls when the connection is encrypted
 * @param heloName our name in EHLO, a domain or an address literal (RFC 5321 §4.1.1.1); if empty,
 *     the literal of our address of each connection
 * @param login credentials, if the server wants them
 * @param extensions what to use of what the server offers
 * @param timeouts how long each step may take
 * @param limits how many connections, and how long they live
 * @param trust which servers to trust
 */
public record SmtpServer(
    String host,
    int port,
    Tls tls,
    String heloName,
    Optional<CredentialsSource> login,
    Extensions extensions,
    Timeouts timeouts,
    PoolLimits limits,
    TrustSettings trust) {

  /**
   * Refuses what could break a command line, and credentials in clear text.
   *
   * @throws IllegalArgumentException names the setting
   */
  public SmtpServer {
    if (host.isBlank() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("No server can be at '" + host + "', port " + port);
    }
    if (!heloName.matches("[A-Za-z0-9.:_\\[\\]-]{0,255}")) {
      throw new IllegalArgumentException(
          "heloName must be a domain or an address literal, e.g. mail.example.com or [192.0.2.1]");
    }
    if (login.isPresent() && tls == Tls.STARTTLS_OPTIONAL) {
      tls = Tls.STARTTLS_REQUIRED; // or an attacker who removes the offer reads the password
    }
    if (login.isPresent() && tls == Tls.NONE && !trust.clearTextLogin()) {
      throw new IllegalArgumentException(
          "Credentials would travel in clear text: use TLS, or allow clearTextLogin");
    }
  }

  /** This server with other timeouts. */
  public SmtpServer withTimeouts(Timeouts times) {
    return new SmtpServer(host, port, tls, heloName, login, extensions, times, limits, trust);
  }
}
