package dev.postrider.smtp;

import dev.postrider.smtp.sasl.CredentialsSource;
import dev.postrider.timing.Backoff;
import io.vertx.core.net.TrustOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The settings of a server, changed one by one. */
public record TestServer(SmtpServer server) {

  /** Certificates are verified against the trust store of the JVM. */
  public static final TrustSettings SYSTEM_TRUST =
      new TrustSettings(false, false, UnaryOperator.identity());

  /** Everything that the server offers. */
  public static final Extensions ALL = new Extensions(true, true, true, true, List.of());

  /** With STARTTLS where offered, no login, 10 connections and the timeouts of RFC 5321. */
  public static TestServer at(String host, int port) {
    return new TestServer(
        new SmtpServer(
            host,
            port,
            Tls.STARTTLS_OPTIONAL,
            "localhost",
            Optional.empty(),
            ALL,
            Timeouts.rfc5321(),
            PoolLimits.of(10),
            SYSTEM_TRUST));
  }

  /** Certificates are verified against these authorities. */
  static TrustSettings trusting(TrustOptions authorities) {
    return new TrustSettings(false, false, options -> options.setTrustOptions(authorities));
  }

  /** Every extension but the named ones: pipelining, chunking, lookahead, reset. */
  static Extensions without(String... names) {
    List<String> off = List.of(names);
    return new Extensions(
        !off.contains("pipelining"),
        !off.contains("chunking"),
        !off.contains("lookahead"),
        !off.contains("reset"),
        List.of());
  }

  static Extensions mechanisms(String... names) {
    return new Extensions(true, true, true, true, List.of(names));
  }

  /** Other limits for mails that wait. */
  public static PoolLimits waiting(PoolLimits old, int waiting, Duration timeout) {
    return new PoolLimits(
        old.connections(),
        waiting,
        timeout,
        old.idle(),
        old.mails(),
        old.age(),
        old.staleAfter(),
        old.recheckAfter(),
        old.backoff());
  }

  /** Other times after which a connection may be stale and a mail is checked again. */
  static PoolLimits checks(PoolLimits old, Duration staleAfter, Duration recheckAfter) {
    return new PoolLimits(
        old.connections(),
        old.waiting(),
        old.waitTimeout(),
        old.idle(),
        old.mails(),
        old.age(),
        staleAfter,
        recheckAfter,
        old.backoff());
  }

  /** Other pauses after failures to connect. */
  static PoolLimits backoff(PoolLimits old, Duration first, Duration longest) {
    return new PoolLimits(
        old.connections(),
        old.waiting(),
        old.waitTimeout(),
        old.idle(),
        old.mails(),
        old.age(),
        old.staleAfter(),
        old.recheckAfter(),
        new Backoff(first, longest));
  }

  /** Another use of TLS. */
  public TestServer withTls(Tls tls, TrustSettings trust) {
    return with(tls, server.heloName(), server.login(), server.extensions(), trust);
  }

  TestServer withHeloName(String name) {
    return with(server.tls(), name, server.login(), server.extensions(), server.trust());
  }

  TestServer withLogin(CredentialsSource source) {
    return with(
        server.tls(), server.heloName(), Optional.of(source), server.extensions(), server.trust());
  }

  TestServer withExtensions(Extensions extensions) {
    return with(server.tls(), server.heloName(), server.login(), extensions, server.trust());
  }

  TestServer withTimeouts(Timeouts timeouts) {
    return new TestServer(server.withTimeouts(timeouts));
  }

  /** Other limits of the pool. */
  public TestServer withLimits(PoolLimits limits) {
    return new TestServer(
        new SmtpServer(
            server.host(),
            server.port(),
            server.tls(),
            server.heloName(),
            server.login(),
            server.extensions(),
            server.timeouts(),
            limits,
            server.trust()));
  }

  private TestServer with(
      Tls tls,
      String heloName,
      Optional<CredentialsSource> login,
      Extensions extensions,
      TrustSettings trust) {
    return new TestServer(
        new SmtpServer(
            server.host(),
            server.port(),
            tls,
            heloName,
            login,
            extensions,
            server.timeouts(),
            server.limits(),
            trust));
  }
}
