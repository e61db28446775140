package dev.postrider.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The workflows: bounded, and with no more rights than each part needs. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WorkflowsTest {

  @Test
  void every_workflow_may_only_read_unless_a_part_says_more() throws IOException {
    for (Path file : workflows()) {
      assertEquals("{contents=read}", Yaml.read(file).at("permissions").text(), file.toString());
    }
  }

  @Test
  void every_part_has_an_end_and_a_machine_of_a_known_kind() throws IOException {
    for (Path file : workflows()) {
      Yaml parts = Yaml.read(file).at("jobs");
      for (String name : parts.names()) {
        assertTrue(parts.at(name, "timeout-minutes").text().matches("\\d+"), file + " " + name);
        assertFalse(parts.at(name, "runs-on").text().contains("latest"), file + " " + name);
        parts.at(name, "needs").items().forEach(n -> assertTrue(parts.names().contains(n.text())));
      }
    }
  }

  @Test
  void every_action_has_a_version() throws IOException {
    for (Path file : workflows()) {
      Yaml parts = Yaml.read(file).at("jobs");
      for (String name : parts.names()) {
        for (Yaml step : parts.at(name, "steps").items()) {
          String action = step.at("uses").text();
          assertTrue(
              action.equals("null") || action.matches("[\\w./-]+@(v\\d+|[0-9a-f]{40})"), action);
        }
      }
    }
  }

  private static List<Path> workflows() throws IOException {
    List<Path> files = Yaml.files(".github/workflows");
    assertTrue(files.size() >= 2, files.toString());
    return files;
  }
}
