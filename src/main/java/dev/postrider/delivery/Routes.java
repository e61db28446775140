package dev.postrider.delivery;

import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.Mail;
import io.quarkus.mailer.runtime.MailerRuntimeConfig;
import io.quarkus.mailer.runtime.MailersRuntimeConfig;
import io.smallrye.config.SmallRyeConfig;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;

/**
 * All configured routes. They are read when the program starts, not when it is built, so a new
 * route needs no new build.
 */
@Singleton
public final class Routes {

  /** What Quarkus calls the mailer without a name. */
  private static final String UNNAMED = "<default>";

  /** Ordinal of the source of defaults: the lowest there is. */
  private static final int DEFAULTS = Integer.MIN_VALUE;

  private static final int SUBMISSION_OVER_TLS = 465;
  private static final int SMTP = 25;

  private final Map<String, Route> routes = new LinkedHashMap<>();

  Routes(Config config, FallbackServer fallback) {
    boolean configured = configured(config.getConfigValue("quarkus.mailer.host"));
    config
        .unwrap(SmallRyeConfig.class)
        .getConfigMapping(MailersRuntimeConfig.class)
        .mailers()
        .forEach(
            (name, settings) ->
                add(name, settings, configured ? Optional.empty() : Optional.of(fallback)));
  }

  /** For programs without a container; a default route without a server leads to this machine. */
  public static Routes withoutContainer(Config config) {
    return new Routes(config, new LocalServer());
  }

  /** The extension has a default of its own, which no operator chose. */
  private static boolean configured(ConfigValue host) {
    return host.getValue() != null && host.getSourceOrdinal() > DEFAULTS;
  }

  private void add(String mailer, MailerRuntimeConfig settings, Optional<FallbackServer> fallback) {
    UnsupportedSettings.refuse(mailer.equals(UNNAMED) ? Route.DEFAULT : mailer, settings);
    if (!mailer.equals(UNNAMED)) {
      routes.put(mailer, new Route(mailer, settings.host(), port(settings), settings));
      return;
    }
    String host = fallback.map(FallbackServer::host).orElse(settings.host());
    int port = fallback.map(FallbackServer::port).orElse(port(settings));
    routes.put(Route.DEFAULT, new Route(Route.DEFAULT, host, port, settings));
  }

  private static int port(MailerRuntimeConfig settings) {
    return settings.port().orElse(Route.implicitTls(settings) ? SUBMISSION_OVER_TLS : SMTP);
  }

  /**
   * Makes sure that the route a mail insists on is there.
   *
   * @throws InvalidMail naming the routes there are
   */
  public void check(Mail mail) throws InvalidMail {
    if (!routes.containsKey(name(mail))) {
      throw new InvalidMail("/route", "there is no such route; configured: " + routes.keySet());
    }
  }

  /** The route of a mail that was checked before. */
  public Route of(Mail mail) {
    return routes.get(name(mail));
  }

  private static String name(Mail mail) {
    return mail.terms().route().orElse(Route.DEFAULT);
  }

  public List<Route> all() {
    return List.copyOf(routes.values());
  }
}
