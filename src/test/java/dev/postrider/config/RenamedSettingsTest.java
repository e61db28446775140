package dev.postrider.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.LogRecords;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RenamedSettingsTest {

  private static final String OLD = "postrider.buried.max-length";
  private static final String NEW = "postrider.dead.max-length";
  private static final String WARNING =
      "The setting " + OLD + " is deprecated. Its new name is " + NEW + ".";

  @Test
  void a_default_or_the_new_name_is_no_reason_to_warn() {
    assertEquals(List.of(), warnings(config(Map.of(), Map.of())));
    assertEquals(List.of(), warnings(config(Map.of(NEW, "7"), Map.of())));
  }

  @Test
  void the_old_name_is_read_with_one_warning_that_has_the_new_name() {
    SmallRyeConfig config = config(Map.of(OLD, "7"), Map.of());
    assertEquals(List.of(WARNING), warnings(config));
    assertEquals(7, config.getConfigMapping(Settings.class).buried().maxLength().orElseThrow());
  }

  @Test
  void the_old_variable_is_read_with_one_warning_too() {
    SmallRyeConfig config = config(Map.of(), Map.of("POSTRIDER_BURIED_MAX_LENGTH", "7"));
    assertEquals(List.of(WARNING), warnings(config));
    assertEquals(7, config.getConfigMapping(Settings.class).buried().maxLength().orElseThrow());
  }

  @Test
  void the_same_value_in_both_names_starts() {
    assertEquals(List.of(WARNING), warnings(config(Map.of(OLD, "7", NEW, "7"), Map.of())));
  }

  @Test
  void different_values_stop_the_start_even_if_one_is_the_default() {
    for (String other : List.of("8", "1000000")) {
      String message =
          assertThrows(
                  ConfigurationException.class,
                  () -> RenamedSettings.check(config(Map.of(OLD, "7", NEW, other), Map.of())))
              .getMessage();
      assertTrue(message.contains(OLD) && message.contains(NEW), message);
    }
  }

  private static List<String> warnings(SmallRyeConfig config) {
    try (LogRecords records = LogRecords.above(Level.INFO)) {
      RenamedSettings.check(config);
      return records.messages();
    }
  }

  private static SmallRyeConfig config(Map<String, String> file, Map<String, String> variables) {
    return new SmallRyeConfigBuilder()
        .withMapping(Settings.class)
        .addDefaultInterceptors()
        .withConverter(MemorySize.class, 100, new MemorySizeConverter())
        .withConverter(Duration.class, 100, new DurationConverter())
        .withSources(new PropertiesConfigSource(file, "test", 250))
        .withSources(new EnvConfigSource(variables, 300))
        .build();
  }
}
