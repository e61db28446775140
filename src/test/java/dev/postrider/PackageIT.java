package dev.postrider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What goes into production, looked at as it lies there after packaging. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PackageIT {

  private static final Path PACKAGE = Path.of("target", "quarkus-app");

  @Test
  void the_program_is_in_the_package() throws IOException {
    assertTrue(entries("dev/postrider/Postrider.class"::equals).size() > 0);
    assertTrue(entries("dev/postrider/dashboard/counts.html"::equals).size() > 0);
    assertTrue(Files.exists(PACKAGE.resolve("quarkus-run.jar")));
  }

  @Test
  void nothing_of_dev_mode_is_in_the_package() throws IOException {
    assertEquals(
        List.of(),
        entries(name -> name.startsWith("dev/postrider/dev/")),
        "The jar plugin in pom.xml leaves dev/postrider/dev out, and the build starts from its jar.");
  }

  @Test
  void no_bundled_server_and_no_parser_of_dev_mode_is_in_the_package() throws IOException {
    assertEquals(
        List.of(),
        entries(PackageIT::isOfDevModeOnly),
        "Libraries that dev mode alone needs have the scope provided.");
  }

  private static boolean isOfDevModeOnly(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.contains("redis-server")
        || lower.startsWith("redis/embedded/")
        || lower.startsWith("org/apache/james/");
  }

  private static List<String> entries(Predicate<String> wanted) throws IOException {
    try (Stream<Path> files = Files.walk(PACKAGE)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .flatMap(PackageIT::names)
          .filter(wanted)
          .toList();
    }
  }

  private static Stream<String> names(Path jar) {
    try (JarFile opened = new JarFile(jar.toFile())) {
      return opened.stream().map(ZipEntry::getName).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
