package dev.postrider.smtp;

import dev.postrider.smtp.sasl.CredentialsSource;
import java.util.Optional;

/**
 * A server and how to talk with it.
 *
 * @param host name or address; the name in the certificate
 * @param port 1 to 65,535
 * @param tls when the connection is encrypted
 * @param heloName our own name in EHLO, a domain or an address literal (RFC 5321 §4.1.1.1)
 * @param login credentials, if the server wants them
 * @param extensions what to use of what the server offers
 * @param timeouts how long each step may take
 * @param limits how many connections, and how long they live
 * @param trust whom to trust
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
   * Refuses what would break a command line, and credentials in clear text.
   *
   * @throws IllegalArgumentException naming the setting at fault
   */
  public SmtpServer {
    if (host.isBlank() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("No server can be at '" + host + "', port " + port);
    }
    if (!heloName.matches("[A-Za-z0-9.:_\\[\\]-]{1,255}")) {
      throw new IllegalArgumentException(
          "heloName must be a domain or an address literal, e.g. mail.example.com or [192.0.2.1]");
    }
    if (login.isPresent() && tls == Tls.STARTTLS_OPTIONAL) {
      tls = Tls.STARTTLS_REQUIRED; // or whoever strips the offer reads the password
    }
    if (login.isPresent() && tls == Tls.NONE && !trust.clearTextLogin()) {
      throw new IllegalArgumentException(
          "Credentials would travel in clear text: use TLS, or allow clearTextLogin");
    }
  }

  /** A server with STARTTLS where offered, no login, 10 connections and the timers of RFC 5321. */
  public static SmtpServer at(String host, int port) {
    return new SmtpServer(
        host,
        port,
        Tls.STARTTLS_OPTIONAL,
        "localhost",
        Optional.empty(),
        Extensions.all(),
        Timeouts.rfc5321(),
        PoolLimits.of(10),
        TrustSettings.system());
  }

  /** This server with another use of TLS and other trust. */
  public SmtpServer withTls(Tls use, TrustSettings whom) {
    return new SmtpServer(host, port, use, heloName, login, extensions, timeouts, limits, whom);
  }

  /** This server with another name of our own. */
  public SmtpServer withHeloName(String name) {
    return new SmtpServer(host, port, tls, name, login, extensions, timeouts, limits, trust);
  }

  /** This server with a login; STARTTLS, where it was optional, becomes required. */
  public SmtpServer withLogin(CredentialsSource source) {
    return new SmtpServer(
        host, port, tls, heloName, Optional.of(source), extensions, timeouts, limits, trust);
  }

  /** This server with other extensions. */
  public SmtpServer withExtensions(Extensions use) {
    return new SmtpServer(host, port, tls, heloName, login, use, timeouts, limits, trust);
  }

  /** This server with other timers. */
  public SmtpServer withTimeouts(Timeouts times) {
    return new SmtpServer(host, port, tls, heloName, login, extensions, times, limits, trust);
  }

  /** This server with other limits. */
  public SmtpServer withLimits(PoolLimits bounds) {
    return new SmtpServer(host, port, tls, heloName, login, extensions, timeouts, bounds, trust);
  }
}
