package dev.postrider.delivery;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.mailer.runtime.MailersRuntimeConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class UnsupportedSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "quarkus.mailer.mock, true",
    "quarkus.mailer.approved-recipients, .*@acme.test",
    "quarkus.mailer.dkim.enabled, true"
  })
  void names_the_setting_that_promises_too_much(String key, String value) {
    ConfigurationException refusal =
        assertThrows(ConfigurationException.class, () -> check(Map.of(key, value)));
    assertTrue(refusal.getMessage().contains(key), refusal.getMessage());
  }

  @Test
  void lets_an_ordinary_server_pass() {
    assertDoesNotThrow(
        () -> check(Map.of("quarkus.mailer.host", "mx.test", "quarkus.mailer.mock", "false")));
  }

  private static void check(Map<String, String> settings) {
    MailersRuntimeConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(MailersRuntimeConfig.class)
            .withSources(new PropertiesConfigSource(settings, "test", 500))
            .build()
            .getConfigMapping(MailersRuntimeConfig.class);
    config.mailers().forEach((name, mailer) -> UnsupportedSettings.refuse(Route.DEFAULT, mailer));
  }
}
