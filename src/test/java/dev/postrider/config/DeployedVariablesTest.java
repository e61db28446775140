package dev.postrider.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** An unknown variable stops the start; so none may stand in what people copy. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DeployedVariablesTest {

  private static final Pattern VARIABLE = Pattern.compile("\\bPOSTRIDER_[A-Z_]+");

  /** Of the one who runs compose; the worker never sees them. */
  private static final Set<String> OF_COMPOSE =
      Set.of("POSTRIDER_ADMIN_TOKEN", "POSTRIDER_VIEWER_TOKEN");

  @Test
  void every_setting_in_deploy_exists() throws IOException {
    Set<String> used = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("deploy"))) {
      files.filter(Files::isRegularFile).forEach(file -> used.addAll(variables(file)));
    }
    used.removeAll(OF_COMPOSE);
    assertFalse(used.isEmpty());
    Set<String> keys =
        ConfigMappings.getProperties(ConfigClass.configClass(Settings.class)).keySet();
    assertEquals(List.of(), UnknownVariables.among(used, keys));
  }

  private static List<String> variables(Path file) {
    try {
      String text = Files.readString(file);
      return VARIABLE.matcher(text).results().map(MatchResult::group).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
