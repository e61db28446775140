package dev.postrider.delivery;

import io.quarkus.mailer.runtime.MailerRuntimeConfig;
import java.util.Optional;

/**
 * A configured way to a server.
 *
 * @param name {@code default}, or the name in {@code quarkus.mailer.<name>.*}
 * @param host of the server
 * @param port of the server
 * @param settings as every Quarkus user knows them
 */
public record Route(String name, String host, int port, MailerRuntimeConfig settings) {

  /** The route of mail that names none. */
  public static final String DEFAULT = "default";

  /** True if the connection is TLS from its first byte, as Quarkus reads these settings. */
  public boolean implicitTls() {
    return implicitTls(settings);
  }

  /** The domain that mail of this route comes from where a mail names none, if that is known. */
  public Optional<String> senderDomain() {
    return settings
        .from()
        .map(from -> from.substring(from.lastIndexOf('@') + 1).replace(">", "").strip())
        .filter(domain -> !domain.isEmpty());
  }

  @SuppressWarnings("deprecation") // The older name of the setting still counts.
  static boolean implicitTls(MailerRuntimeConfig settings) {
    boolean named = settings.tlsConfigurationName().isPresent();
    return settings.tls().orElse(settings.ssl() || named);
  }
}
