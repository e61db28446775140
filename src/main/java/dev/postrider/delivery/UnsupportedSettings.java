package dev.postrider.delivery;

import io.quarkus.mailer.runtime.MailerRuntimeConfig;
import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * Stops the start where a setting of the mailer promises what Postrider does not do: who restricts
 * recipients, or wants mail signed or not sent at all, must not find out from the mail itself.
 */
final class UnsupportedSettings {

  private UnsupportedSettings() {}

  /**
   * @throws ConfigurationException naming the setting and what to do instead
   */
  static void refuse(String route, MailerRuntimeConfig settings) {
    if (settings.mock().orElse(false)) {
      throw missing(
          route, "mock", "to try without sending, run dev mode, whose inbox keeps all mail");
    }
    if (settings.approvedRecipients().isPresent()) {
      throw missing(route, "approved-recipients", "restrict recipients at the relay");
    }
    if (settings.dkim().enabled()) {
      throw missing(route, "dkim.enabled", "let the relay sign");
    }
  }

  private static ConfigurationException missing(String route, String key, String instead) {
    String prefix =
        route.equals(Route.DEFAULT) ? "quarkus.mailer." : "quarkus.mailer." + route + ".";
    return new ConfigurationException(
        "The setting " + prefix + key + " is not supported yet; remove it and " + instead + ".");
  }
}
