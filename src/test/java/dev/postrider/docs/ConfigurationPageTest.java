package dev.postrider.docs;

import static io.smallrye.config.ConfigMappings.ConfigClass.configClass;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.postrider.config.Settings;
import io.smallrye.config.ConfigMappings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * The reference of the settings equals the documentation in their source. With {@code
 * -Dpages.write=true} it is written again.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConfigurationPageTest {

  private static final Path PAGE = Path.of("src/site/markdown/reference/configuration.md");
  private static final String START = "<!-- From the settings' own documentation. -->\n";

  @Test
  void the_page_lists_every_setting() throws IOException {
    String page = Files.readString(PAGE);
    String written = page.substring(0, page.indexOf(START)) + START + sections();
    if (Boolean.getBoolean("pages.write")) {
      Files.writeString(PAGE, written);
    }
    assertEquals(written, Files.readString(PAGE), "Run the test with -Dpages.write=true.");
  }

  @Test
  void the_source_has_the_keys_that_the_program_knows() throws IOException {
    Set<String> known =
        new TreeSet<>(ConfigMappings.getProperties(configClass(Settings.class)).keySet());
    known.removeIf(key -> key.endsWith("[*]")); // One place of a list, which has its own key.
    Set<String> documented = new TreeSet<>();
    SettingsSource.keys().forEach(key -> documented.add(key.name().replace("<name>", "*")));
    assertEquals(known, documented);
  }

  @Test
  void every_setting_says_what_it_is_for() throws IOException {
    SettingsSource.keys().forEach(key -> assertFalse(key.doc().isEmpty(), key.name()));
  }

  private static String sections() throws IOException {
    return SettingsSource.keys().stream()
        .map(ConfigurationPageTest::section)
        .collect(Collectors.joining());
  }

  private static String section(SettingsSource.Key key) {
    String value = key.value().isEmpty() ? "none" : "`" + key.value() + "`";
    return "\n### %s\n\n%s\n\n- Value: %s\n- Default: %s\n- Variable: `%s`\n"
        .formatted(heading(key.name()), key.doc(), key.unit(), value, key.variable());
  }

  /** Angle brackets would be read as HTML. */
  private static String heading(String name) {
    return name.replace("<name>", "*name*");
  }
}
