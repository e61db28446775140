package dev.postrider.delivery.vertxmail;

import dev.postrider.delivery.Route;
import io.quarkus.mailer.runtime.MailerRuntimeConfig;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.StartTLSOptions;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A route as settings of vertx-mail-client, with the timeouts that it does not set by itself. */
final class VertxMailConfig {

  private static final int CONNECT_MS = 10_000;

  /** Longer than any honest silence: RFC 5321 §4.5.3.2.6, plus a margin. */
  private static final int IDLE_SECONDS = 11 * 60;

  private VertxMailConfig() {}

  /** A fresh one for each client: the client changes what it is given. */
  static MailConfig of(Route route, int connections) {
    MailerRuntimeConfig settings = route.settings();
    MailConfig config =
        new MailConfig()
            .setHostname(route.host())
            .setPort(route.port())
            .setMaxPoolSize(connections)
            .setKeepAlive(settings.keepAlive())
            .setKeepAliveTimeout((int) settings.keepAliveTimeout().toMillis())
            .setKeepAliveTimeoutUnit(TimeUnit.MILLISECONDS)
            .setLogin(LoginOption.valueOf(settings.login().toUpperCase(Locale.ROOT)))
            .setStarttls(StartTLSOptions.valueOf(settings.startTLS().toUpperCase(Locale.ROOT)))
            .setSsl(route.implicitTls())
            .setTrustAll(trustAll(settings))
            .setAllowRcptErrors(false)
            .setDisableEsmtp(settings.disableEsmtp())
            .setPipelining(settings.pipelining());
    config.setConnectTimeout(CONNECT_MS).setIdleTimeout(IDLE_SECONDS);
    settings.username().ifPresent(config::setUsername);
    settings.password().ifPresent(config::setPassword);
    settings.authMethods().ifPresent(config::setAuthMethods);
    settings.ownHostName().ifPresent(config::setOwnHostname);
    settings.maxMailsPerConnection().ifPresent(config::setMaxMailsPerConnection);
    return config;
  }

  @SuppressWarnings("deprecation") // The older setting still counts.
  private static boolean trustAll(MailerRuntimeConfig settings) {
    return settings.trustAll().orElse(false);
  }
}
