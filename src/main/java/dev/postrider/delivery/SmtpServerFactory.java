package dev.postrider.delivery;

import dev.postrider.config.RouteSettings;
import dev.postrider.config.Settings;
import dev.postrider.smtp.EhloName;
import dev.postrider.smtp.Extensions;
import dev.postrider.smtp.PoolLimits;
import dev.postrider.smtp.SmtpServer;
import dev.postrider.smtp.Timeouts;
import dev.postrider.smtp.Tls;
import dev.postrider.smtp.TrustSettings;
import dev.postrider.smtp.sasl.Credentials;
import dev.postrider.smtp.sasl.CredentialsSource;
import io.quarkus.mailer.runtime.MailerRuntimeConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.net.NetClientOptions;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** How to talk with the server of a route, as {@code quarkus.mailer.*} says. */
@Singleton
final class SmtpServerFactory {

  private final Settings settings;
  private final TlsConfigurationRegistry tlsConfigurations;
  private volatile String localName; // asked for once: DNS may be slow

  SmtpServerFactory(Settings settings, TlsConfigurationRegistry tlsConfigurations) {
    this.settings = settings;
    this.tlsConfigurations = tlsConfigurations;
  }

  /**
   * @param connections most connections of one event loop
   * @throws ConfigurationException if the settings contradict themselves; names the route
   */
  SmtpServer of(Route route, int connections) {
    MailerRuntimeConfig mailer = route.settings();
    Optional<RouteSettings> own = Optional.ofNullable(settings.routes().get(route.name()));
    try {
      return new SmtpServer(
          route.host(),
          route.port(),
          tls(mailer),
          mailer.ownHostName().orElseGet(this::localName),
          login(own, mailer),
          extensions(own, mailer),
          own.map(each -> timers(each.timeouts())).orElseGet(Timeouts::rfc5321),
          limits(own, mailer, connections),
          trust(mailer));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "Route " + route.name() + " (quarkus.mailer.*): " + e.getMessage() + ".");
    }
  }

  private static Tls tls(MailerRuntimeConfig mailer) {
    if (Route.implicitTls(mailer)) {
      return Tls.IMPLICIT;
    }
    return switch (mailer.startTLS().toUpperCase(Locale.ROOT)) {
      case "DISABLED" -> Tls.NONE;
      case "REQUIRED" -> Tls.STARTTLS_REQUIRED;
      case "OPTIONAL" -> Tls.STARTTLS_OPTIONAL;
      default -> throw new IllegalArgumentException("start-tls is DISABLED, OPTIONAL or REQUIRED");
    };
  }

  private Optional<CredentialsSource> login(
      Optional<RouteSettings> own, MailerRuntimeConfig mailer) {
    String mode = mailer.login().toUpperCase(Locale.ROOT);
    if (mode.equals("DISABLED") || mailer.username().isEmpty()) {
      return Optional.empty();
    }
    if (!settings.clearTextLogin() && tls(mailer) == Tls.NONE) {
      throw new IllegalArgumentException(
          "the password would travel in clear text; set start-tls=REQUIRED or tls=true, or, for a"
              + " server on this machine, postrider.clear-text-login=true");
    }
    String user = mailer.username().get();
    Function<String, Credentials> form =
        mode.equals("XOAUTH2")
            ? secret -> Credentials.token(user, secret)
            : secret -> Credentials.password(user, secret);
    Optional<CredentialsSource> source =
        own.flatMap(RouteSettings::passwordFile)
            .<CredentialsSource>map(file -> new PasswordFile(Path.of(file), form))
            .or(() -> mailer.password().map(form).map(CredentialsSource::fixed));
    if (source.isEmpty()) {
      throw new IllegalArgumentException("username is set, password is not");
    }
    return source;
  }

  private static Timeouts timers(RouteSettings.Timeouts times) {
    return new Timeouts(
        times.connect(),
        times.greeting(),
        times.hello(),
        times.auth(),
        times.envelope(),
        times.data(),
        times.block(),
        times.dot(),
        times.quit());
  }

  private static Extensions extensions(Optional<RouteSettings> own, MailerRuntimeConfig mailer) {
    List<String> mechanisms =
        mailer
            .authMethods()
            .map(names -> Arrays.stream(names.trim().split("[\\s,]+")).toList())
            .orElse(List.of());
    return new Extensions(
        mailer.pipelining(),
        own.map(RouteSettings::chunking).orElse(true),
        own.map(RouteSettings::lookahead).orElse(true),
        own.map(RouteSettings::reset).orElse(true),
        mechanisms);
  }

  private static PoolLimits limits(
      Optional<RouteSettings> own, MailerRuntimeConfig mailer, int connections) {
    PoolLimits limits = PoolLimits.of(connections);
    int mails =
        (int) Math.min(mailer.maxMailsPerConnection().orElse(limits.mails()), Integer.MAX_VALUE);
    Duration idle = mailer.keepAliveTimeout();
    Duration age = own.map(RouteSettings::connectionAge).orElse(limits.age());
    return limits.withLife(idle, mailer.keepAlive() ? Math.max(1, mails) : 1, age);
  }

  @SuppressWarnings("deprecation") // The older setting still counts.
  private TrustSettings trust(MailerRuntimeConfig mailer) {
    Optional<TlsConfiguration> named = mailer.tlsConfigurationName().map(this::configuration);
    boolean anyServer =
        mailer.trustAll().orElse(named.map(TlsConfiguration::isTrustAll).orElse(false));
    return new TrustSettings(
        anyServer, settings.clearTextLogin(), options -> trusting(options, named));
  }

  private TlsConfiguration configuration(String name) {
    return tlsConfigurations
        .get(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException("there is no TLS configuration quarkus.tls." + name));
  }

  private static NetClientOptions trusting(
      NetClientOptions options, Optional<TlsConfiguration> named) {
    named.map(TlsConfiguration::getTrustStoreOptions).ifPresent(options::setTrustOptions);
    named.map(TlsConfiguration::getKeyStoreOptions).ifPresent(options::setKeyCertOptions);
    return options;
  }

  /** The canonical name of this host, if it is a full one. */
  private String localName() {
    if (localName == null) {
      localName = lookUpLocalName();
    }
    return localName;
  }

  private static String lookUpLocalName() {
    try {
      String name = InetAddress.getLocalHost().getCanonicalHostName();
      return EhloName.isFullName(name) ? name : "";
    } catch (UnknownHostException e) {
      return "";
    }
  }
}
