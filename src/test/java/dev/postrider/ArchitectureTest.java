package dev.postrider;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Dependencies between packages, and rules that hold for every class. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArchitectureTest {

  private static final String ROOT = "dev.postrider.";

  /** From the lowest to the highest. */
  private static final List<List<String>> LAYERS =
      List.of(
          List.of("timing", "address"),
          List.of("handler"),
          List.of("mail", "smtp", "smtpserver", "redis", "config"),
          List.of("mime", "retry", "queue", "event"),
          List.of("delivery", "schedule", "guard"),
          List.of("worker", "doctor"),
          List.of("api", "dashboard", "cli"));

  /** The main class, and dev mode. */
  private static final Set<String> OUTSIDE_THE_LAYERS = Set.of("dev.postrider", ROOT + "dev..");

  /** A constructor with more parameters needs a record. */
  private static final int PARAMETERS_MAX = 5;

  private static final List<String> EMPTY_WORDS =
      List.of("Util", "Manager", "Helper", "Impl", "Job", "Task");

  private static final Set<String> DATA_PACKAGES = Set.of("java.lang", "java.time", "java.util");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.postrider");

  @Test
  void every_package_has_a_layer() {
    Set<String> missing = new TreeSet<>();
    CLASSES.forEach(type -> missing.add(type.getPackageName()));
    LAYERS.forEach(layer -> layer.forEach(name -> missing.removeIf(inside(ROOT + name))));
    missing.remove("dev.postrider");
    missing.removeIf(inside(ROOT + "dev"));
    assertEquals(Set.of(), missing);
  }

  @Test
  void dependencies_point_to_lower_layers() {
    for (int level = 0; level < LAYERS.size(); level++) {
      for (String name : LAYERS.get(level)) {
        banned(all(name), sameOrHigher(level, name));
      }
    }
  }

  @Test
  void no_layer_depends_on_the_main_class_or_dev_mode() {
    for (String outside : OUTSIDE_THE_LAYERS) {
      noClasses()
          .that()
          .resideOutsideOfPackage(outside)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(outside)
          .check(CLASSES);
    }
  }

  @Test
  void packages_form_no_cycle() {
    slices().matching("dev.postrider.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void mail_is_plain_Java_with_a_streaming_parser() {
    usesOnly("mail", "java..", "com.fasterxml.jackson.core..", ROOT + "address..");
  }

  @Test
  void mime_and_retry_are_plain_Java() {
    usesOnly("mime", "java..", ROOT + "mail..", ROOT + "address..");
    usesOnly("retry", "java..", ROOT + "mail..", ROOT + "timing..");
  }

  @Test
  void smtp_uses_sockets_and_bytes_only() {
    usesOnly(
        "smtp",
        "java..",
        "javax.crypto..",
        "io.vertx.core..",
        "io.netty..",
        ROOT + "timing..",
        ROOT + "handler..",
        ROOT + "address..");
  }

  @Test
  void smtpserver_knows_sockets_only() {
    usesOnly("smtpserver", "java..", "io.vertx.core..");
  }

  @Test
  void address_knows_no_other_package() {
    usesOnly("address", "java..", "com.ibm.icu.text..");
  }

  @Test
  void timing_knows_no_other_package() {
    usesOnly("timing", "java..", "io.smallrye.mutiny..", "io.vertx.core..");
  }

  @Test
  void redis_types_stay_in_redis_and_the_packages_that_use_it() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            all("redis", "queue", "schedule", "guard", "event", "worker", "dev"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx.redis..", "io.quarkus.redis..")
        .check(CLASSES);
  }

  @Test
  void layers_one_and_two_do_not_read_the_configuration() {
    banned(
        all("mail", "smtp", "smtpserver", "redis", "mime", "retry", "queue", "event"),
        all("config"));
  }

  @Test
  void no_class_name_contains_an_empty_word() {
    for (String empty : EMPTY_WORDS) {
      noClasses().should().haveSimpleNameContaining(empty).check(CLASSES);
    }
  }

  @Test
  void every_static_field_is_final_and_not_concurrent() {
    fields().that().areStatic().should().beFinal().check(CLASSES);
    fields()
        .that()
        .areStatic()
        .should()
        .notHaveRawType(resideInAPackage("java.util.concurrent.."))
        .check(CLASSES);
  }

  @Test
  void worker_takes_no_lock() throws IOException {
    banned(all("worker"), "java.util.concurrent.locks..");
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/postrider/worker"))) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      assertEquals(
          List.of(),
          JavaSource.parse(sources).stream()
              .map(JavaSource::synchronizedBlocks)
              .flatMap(List::stream)
              .toList());
    }
    methods()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage(ROOT + "worker..")
        .should()
        .notHaveModifier(JavaModifier.SYNCHRONIZED)
        .check(CLASSES);
  }

  @Test
  void every_method_that_returns_a_pipeline_has_CheckReturnValue() {
    for (Class<?> pipeline : List.of(Uni.class, Multi.class)) {
      methods()
          .that(describe("are called by other classes", ArchitectureTest::isCalledByOthers))
          .and()
          .haveRawReturnType(pipeline)
          .should()
          .beAnnotatedWith(CheckReturnValue.class)
          .allowEmptyShould(true)
          .check(CLASSES);
    }
  }

  @Test
  void dependencies_are_at_most_five_constructor_parameters() {
    fields().should().notBeAnnotatedWith(Inject.class).check(CLASSES);
    constructors()
        .that(describe("are written by hand", ArchitectureTest::isWrittenByHand))
        .should()
        .haveRawParameterTypes(
            describe("at most " + PARAMETERS_MAX, types -> types.size() <= PARAMETERS_MAX))
        .check(CLASSES);
  }

  /** A record with more components would otherwise be a way around the rule above. */
  @Test
  void records_of_more_than_five_components_hold_data_only() {
    constructors()
        .that(describe("are of records", constructor -> constructor.getOwner().isRecord()))
        .should()
        .haveRawParameterTypes(
            describe(
                "at most " + PARAMETERS_MAX + ", or data only",
                types ->
                    types.size() <= PARAMETERS_MAX
                        || types.stream().allMatch(ArchitectureTest::isData)))
        .check(CLASSES);
  }

  /** A value, or a closed set of values: nothing that does work for others. */
  private static boolean isData(JavaClass type) {
    JavaClass one = type.getBaseComponentType();
    return one.isPrimitive()
        || one.isRecord()
        || one.isEnum()
        || one.isInterface() && one.reflect().isSealed()
        || DATA_PACKAGES.contains(one.getPackageName());
  }

  private static Predicate<String> inside(String name) {
    return other -> (other + ".").startsWith(name + ".");
  }

  private static boolean isCalledByOthers(JavaMethod method) {
    return !method.getModifiers().contains(JavaModifier.PRIVATE)
        && !method.getModifiers().contains(JavaModifier.SYNTHETIC)
        && !method.isAnnotatedWith(Scheduled.class)
        && !method.isMetaAnnotatedWith("jakarta.ws.rs.HttpMethod");
  }

  /** Records list components; constructors of enums and inner classes have hidden parameters. */
  private static boolean isWrittenByHand(JavaConstructor constructor) {
    JavaClass owner = constructor.getOwner();
    return !owner.isRecord() && !owner.isEnum() && owner.isTopLevelClass();
  }

  private static void usesOnly(String name, String... allowed) {
    classes()
        .that()
        .resideInAPackage(ROOT + name + "..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            Stream.concat(Stream.of(ROOT + name + ".."), Stream.of(allowed)).toArray(String[]::new))
        .check(CLASSES);
  }

  private static void banned(String[] from, String... what) {
    noClasses()
        .that()
        .resideInAnyPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(what)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  private static String[] sameOrHigher(int level, String name) {
    return LAYERS.subList(level, LAYERS.size()).stream()
        .flatMap(List::stream)
        .filter(other -> !other.equals(name))
        .map(other -> ROOT + other + "..")
        .toArray(String[]::new);
  }

  private static String[] all(String... names) {
    return Stream.of(names).map(name -> ROOT + name + "..").toArray(String[]::new);
  }
}
