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
 * Refuses the start if a {@code POSTRIDER_*} variable is unknown, so that a typo cannot leave a
 * limit at its default. For other sources of {@code postrider.*} keys the mapping does the same.
 */
final class UnknownVariables {

  /** Before any mail is read. */
  private static final int FIRST = 1;

  private static final String PREFIX = "POSTRIDER_";

  /** Variables that Kubernetes sets for a service named postrider. */
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
   * @param keys of the settings; {@code *} is a name that the user chooses
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

  /** The MicroProfile rule: letters in upper case, all other signs as underscores. */
  private static Pattern variable(String key) {
    String name =
        key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9*]", "_").replace("*", "[A-Z0-9_]+");
    return Pattern.compile(name + "(_\\d+_?)?");
  }
}
