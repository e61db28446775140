package dev.postrider.deploy;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What native-image is told: it leaves out what is not named. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NativeSourcesIT {

  private static final Path SOURCES = Path.of("target/native-sources");
  private static final Path RESOURCES = Path.of("src/main/resources");

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.postrider");

  @Test
  void every_record_that_becomes_json_may_be_looked_into() throws IOException {
    Set<String> known =
        told("reflect-config.json").items().stream()
            .map(entry -> entry.at("name").text())
            .collect(Collectors.toSet());
    List<String> unknown =
        HOUSE.stream()
            .filter(type -> type.getPackageName().equals("dev.postrider.api.reply"))
            .filter(JavaClass::isRecord)
            .map(JavaClass::getName)
            .filter(name -> !known.contains(name))
            .toList();
    assertEquals(List.of(), unknown, "name it in a resource, or @RegisterForReflection");
    assertTrue(known.contains("dev.postrider.api.problem.Problem"), "errors");
  }

  @Test
  void every_command_may_be_looked_into() throws IOException {
    Set<String> known =
        told("picocli-generated/dev.postrider/postrider/reflect-config.json").items().stream()
            .map(entry -> entry.at("name").text())
            .collect(Collectors.toSet());
    List<String> commands =
        HOUSE.stream()
            .filter(type -> type.isAnnotatedWith("picocli.CommandLine$Command"))
            .map(JavaClass::getName)
            .toList();
    assertFalse(commands.isEmpty());
    assertEquals(List.of(), commands.stream().filter(name -> !known.contains(name)).toList());
  }

  @Test
  void every_resource_of_the_program_goes_along() throws IOException {
    List<Pattern> patterns = patterns();
    try (Stream<Path> files = Files.walk(RESOURCES)) {
      List<String> left =
          files
              .filter(Files::isRegularFile)
              .map(file -> RESOURCES.relativize(file).toString())
              .filter(name -> !name.startsWith("dev/postrider/dev/"))
              .filter(name -> !name.equals("META-INF/openapi.yaml")) // Read when it is built.
              .filter(name -> patterns.stream().noneMatch(p -> p.matcher(name).matches()))
              .toList();
      assertEquals(List.of(), left, "quarkus.native.resources.includes");
    }
  }

  @Test
  void tables_for_names_of_other_scripts_go_along() throws IOException {
    List<Pattern> patterns = patterns();
    String icu = "com/ibm/icu/impl/data/icudata/";
    for (String table :
        List.of(
            "sun/net/idn/uidna.spp",
            "jdk/internal/icu/impl/data/x/nfkc.nrm",
            "com/ibm/icu/ICUConfig.properties",
            icu + "ubidi.icu",
            icu + "uprops.icu",
            icu + "uts46.nrm")) {
      assertTrue(patterns.stream().anyMatch(p -> p.matcher(table).matches()), table);
    }
  }

  @Test
  void nothing_of_dev_mode_is_compiled() throws IOException {
    try (JarFile program = new JarFile(program().toFile())) {
      assertFalse(
          program.stream().anyMatch(entry -> entry.getName().startsWith("dev/postrider/dev/")));
      assertTrue(program.getEntry("dev/postrider/Postrider.class") != null);
    }
  }

  /**
   * Classes are initialised while the image is built: a seed would be the same in every process.
   */
  @Test
  void no_random_number_is_drawn_while_the_image_is_built() {
    fields().that().areStatic().should().notHaveRawType(assignableTo(Random.class)).check(HOUSE);
  }

  private static List<Pattern> patterns() throws IOException {
    return told("resource-config.json").at("resources", "includes").items().stream()
        .map(include -> Pattern.compile(include.at("pattern").text()))
        .toList();
  }

  private static Yaml told(String file) throws IOException {
    try (JarFile program = new JarFile(program().toFile())) {
      byte[] json =
          program.getInputStream(program.getEntry("META-INF/native-image/" + file)).readAllBytes();
      return Yaml.all(new String(json, StandardCharsets.UTF_8)).get(0);
    }
  }

  private static Path program() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith("-runner.jar"))
          .findFirst()
          .orElseThrow();
    }
  }
}
