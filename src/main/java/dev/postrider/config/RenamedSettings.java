package dev.postrider.config;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.jboss.logging.Logger;

/** Warns of keys that have a new name; refuses the start if old and new name contradict. */
final class RenamedSettings {

  private static final Logger LOG = Logger.getLogger(RenamedSettings.class);

  /** Before any mail is read. */
  private static final int FIRST = 1;

  /** A value from {@code @WithDefault} has this ordinal. */
  private static final int DEFAULTS = Integer.MIN_VALUE;

  private static final Map<String, String> NEW_NAMES =
      Map.of("postrider.buried.max-length", "postrider.dead.max-length");

  void check(@Observes @Priority(FIRST) StartupEvent event, Config config) {
    check(config);
  }

  static void check(Config config) {
    NEW_NAMES.forEach((old, renamed) -> check(config, old, renamed));
  }

  private static void check(Config config, String old, String renamed) {
    Optional<String> value = value(config, old);
    if (value.isEmpty()) {
      return;
    }
    if (value(config, renamed).isPresent() && !value(config, renamed).equals(value)) {
      throw new ConfigurationException(
          "The settings %s and %s contradict each other: keep %s only."
              .formatted(old, renamed, renamed));
    }
    LOG.warnf("The setting %s is deprecated. Its new name is %s.", old, renamed);
  }

  private static Optional<String> value(Config config, String key) {
    ConfigValue value = config.getConfigValue(key);
    return Optional.ofNullable(value.getValue())
        .filter(text -> value.getSourceOrdinal() > DEFAULTS)
        .map(String::strip);
  }
}
