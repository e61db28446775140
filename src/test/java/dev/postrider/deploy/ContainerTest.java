package dev.postrider.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.ForeignPrograms;
import dev.postrider.support.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The images: no root, no shell between signal and program, a health check of our own. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Tag(ForeignPrograms.TAG)
class ContainerTest {

  private static final String DIRECTORY = "deploy/container/";

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile.native", "Dockerfile.jvm"})
  void ends_with_a_user_a_health_check_and_the_program(String file) throws IOException {
    List<String> last = lastStage(file);
    assertTrue(last.contains("USER 1001"), "USER 1001");
    assertTrue(last.contains("STOPSIGNAL SIGTERM"));
    String health = only(last, "HEALTHCHECK ");
    assertTrue(health.contains("CMD [\"") && health.endsWith("\"healthcheck\"]"), health);
    assertTrue(only(last, "ENTRYPOINT ").startsWith("ENTRYPOINT [\""), "signals reach the program");
    String labels = only(last, "LABEL ");
    for (String label : List.of("title", "description", "licenses", "version", "revision")) {
      assertTrue(labels.contains("org.opencontainers.image." + label + "="), label);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile.native", "Dockerfile.jvm"})
  void is_built_from_fixed_versions(String file) throws IOException {
    for (String line : instructions(file)) {
      assertFalse(line.startsWith("ADD "), line);
      String image = line.startsWith("FROM ") ? line.split(" ")[1] : "";
      assertTrue(!image.contains("/") || image.matches("[^:]+:[^:]+"), line);
    }
  }

  @Test
  void what_the_images_copy_is_not_ignored() throws IOException {
    String ignored = Files.readString(Path.of(".dockerignore"));
    for (String needed : List.of("mvnw", "pom.xml", ".mvn", "src/main", "target/native-sources")) {
      assertTrue(ignored.lines().anyMatch(("!" + needed)::equals), needed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile.native", "Dockerfile.jvm"})
  void a_linter_finds_nothing(String file) {
    String path = Path.of(DIRECTORY + file).toAbsolutePath().toString();
    String said =
        Program.needed("dockerfile-utils", directory).run(Duration.ofMinutes(1), "lint", path);
    assertEquals("", said.strip());
  }

  private static String only(List<String> lines, String start) {
    List<String> found = lines.stream().filter(line -> line.startsWith(start)).toList();
    assertEquals(1, found.size(), start);
    return found.get(0);
  }

  private static List<String> lastStage(String file) throws IOException {
    List<String> all = instructions(file);
    int from = 0;
    for (int i = 0; i < all.size(); i++) {
      from = all.get(i).startsWith("FROM ") ? i : from;
    }
    return all.subList(from, all.size());
  }

  private static List<String> instructions(String file) throws IOException {
    String text = Files.readString(Path.of(DIRECTORY + file));
    return text.lines()
        .filter(line -> !line.startsWith("#"))
        .reduce("", ContainerTest::joined)
        .lines()
        .filter(line -> !line.isBlank())
        .toList();
  }

  private static String joined(String before, String line) {
    return before.endsWith("\\")
        ? before.substring(0, before.length() - 1) + line.strip()
        : before + "\n" + line;
  }
}
