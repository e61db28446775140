package dev.postrider.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.config.Settings;
import io.smallrye.config.WithDefault;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What the README says of this program is so. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReadmeTest {

  @Test
  void every_setting_of_the_table_exists_and_has_its_default() {
    Map<String, String> defaults = new HashMap<>();
    collect("postrider", Settings.class, defaults);
    assertFalse(Readme.settings().isEmpty(), "a table of settings");
    for (MatchResult row : Readme.settings()) {
      assertTrue(defaults.containsKey(row.group(1)), row.group(1) + " is no setting");
      assertEquals(defaults.get(row.group(1)), row.group(2), row.group(1));
    }
  }

  @Test
  void every_file_that_it_points_at_is_there() {
    for (String file : Readme.files()) {
      assertTrue(Files.exists(Path.of(file)), file);
    }
  }

  @Test
  void the_figure_of_its_first_sentence_stands_on_the_page_of_measurements() throws Exception {
    String page = Files.readString(Path.of("src/site/markdown/explanation/performance.md"));
    assertTrue(page.contains(" " + Readme.figure() + " "), Readme.figure());
  }

  @Test
  void the_gate_runs_its_test_command() throws Exception {
    assertTrue(Readme.builds().contains("./mvnw -B verify"), "names the test command");
    assertTrue(Files.readString(Path.of(".ci/run")).contains("\n./mvnw -B verify </dev/null\n"));
  }

  private static void collect(String prefix, Class<?> settings, Map<String, String> into) {
    for (Method setting : settings.getDeclaredMethods()) {
      String key = prefix + "." + kebab(setting.getName());
      if (setting.getReturnType().getEnclosingClass() == Settings.class
          && setting.getReturnType().isInterface()) {
        collect(key, setting.getReturnType(), into);
      } else {
        WithDefault value = setting.getAnnotation(WithDefault.class);
        into.put(key, value == null ? null : value.value());
      }
    }
  }

  private static String kebab(String camel) {
    return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
