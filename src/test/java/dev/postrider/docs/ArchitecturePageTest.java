package dev.postrider.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The architecture page names the packages and the classes that there are. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArchitecturePageTest {

  private static final Path SOURCES = Path.of("src/main/java/dev/postrider");

  /** Development mode is described in a sentence of its own. */
  private static final String DEVELOPMENT = "dev";

  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z]+)` \\|[^|]*\\|([^|]*)\\|$");
  private static final Pattern PACKAGE = Pattern.compile("`([a-z]+)`");
  private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w+)`");

  private final String text = Page.of("explanation/architecture.md").text();

  @Test
  void the_table_lists_every_package_and_sub_package() throws IOException {
    Set<String> listed = new TreeSet<>();
    ROW.matcher(text)
        .results()
        .forEach(
            row -> {
              listed.add(row.group(1));
              PACKAGE
                  .matcher(row.group(2))
                  .results()
                  .forEach(inner -> listed.add(row.group(1) + "/" + inner.group(1)));
            });
    assertEquals(packages(), listed);
  }

  private static Set<String> packages() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.endsWith("package-info.java"))
          .map(file -> SOURCES.relativize(file.getParent()).toString())
          .filter(name -> !name.isEmpty() && !name.split("/")[0].equals(DEVELOPMENT))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void the_steps_of_one_mail_name_classes_that_exist() throws IOException {
    String steps = text.substring(text.indexOf("\n1. "));
    String section = steps.substring(0, steps.indexOf("\n## "));
    List<String> missing =
        CLASS
            .matcher(section)
            .results()
            .map(match -> match.group(1) + ".java")
            .filter(name -> !exists(name))
            .toList();
    assertEquals(List.of(), missing);
  }

  private static boolean exists(String name) {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.anyMatch(file -> file.endsWith(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
