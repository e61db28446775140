package dev.postrider.config;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Stops the start if a {@code POSTRIDER_*} variable means nothing: a typo must not leave a limit at
 * its default unnoticed. Unknown {@code postrider.*} keys elsewhere stop it by the mapping itself.
 */
final class UnknownVariables {

  /** Before anything reads mail. */
  private static final int FIRST = 1;

  private static final String PREFIX = "POSTRIDER_";

  /** What Kubernetes tells of a service named postrider; it means nothing to a worker. */
  private static final Pattern OF_A_SERVICE =
      Pattern.compile(
          "POSTRIDER_(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT(_\\d+_(TCP|UDP)(_\\w+)?)?)");

  void check(@Observes @Priority(FIRST) StartupEvent event) {
    Collection<String> keys =
        ConfigMappings.getProperties(ConfigClass.configClass(Settings.class)).keySet();
    List<String> unknown = among(System.getenv().keySet(), keys);
    if (!unknown.isEmpty()) {
      throw new ConfigurationException(
          "Unknown setting " + String.join(", ", unknown) + ". Known: " + new TreeSet<>(keys));
    }
  }

  /**
   * @param variables names of all environment variables
   * @param keys of the settings, {@code *} standing for a name that the user chooses
   */
  static List<String> among(Collection<String> variables, Collection<String> keys) {
    List<Pattern> known = keys.stream().map(UnknownVariables::variable).toList();
    return variables.stream()
        .filter(name -> name.startsWith(PREFIX))
        .filter(name -> !OF_A_SERVICE.matcher(name).matches() && !isKnown(name, known))
        .sorted()
        .toList();
  }

  private static boolean isKnown(String name, List<Pattern> known) {
    return known.stream().anyMatch(pattern -> pattern.matcher(name).matches());
  }

  /**
   * The MicroProfile rule: what is no letter or digit becomes an underscore, letters upper case.
   */
  private static Pattern variable(String key) {
    String name =
        key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9*]", "_").replace("*", "[A-Z0-9_]+");
    return Pattern.compile(name + "(_\\d+_?)?");
  }
}
