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
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The walls of the house: who may know whom, and what no class may be. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArchitectureTest {

  private static final String ROOT = "dev.postrider.";

  /** From the ground up. */
  private static final List<List<String>> FLOORS =
      List.of(
          List.of("timing"),
          List.of("mail", "smtp", "smtpserver", "redis", "config"),
          List.of("mime", "retry", "queue", "event"),
          List.of("delivery", "schedule", "guard"),
          List.of("worker", "doctor"),
          List.of("api", "dashboard", "cli"));

  /** The program that starts it all, and what developers run beside it. */
  private static final Set<String> BESIDE_THE_HOUSE = Set.of("dev.postrider", ROOT + "dev..");

  /** More parameters than this are a record that has not been found yet. */
  private static final int PARAMETERS_MAX = 5;

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.postrider");

  @Test
  void every_package_has_its_floor() {
    Set<String> homeless = new TreeSet<>();
    HOUSE.forEach(type -> homeless.add(type.getPackageName()));
    FLOORS.forEach(floor -> floor.forEach(name -> homeless.removeIf(inside(ROOT + name))));
    homeless.remove("dev.postrider");
    homeless.removeIf(inside(ROOT + "dev"));
    assertEquals(Set.of(), homeless);
  }

  @Test
  void every_import_runs_downwards() {
    for (int level = 0; level < FLOORS.size(); level++) {
      for (String name : FLOORS.get(level)) {
        banned(all(name), besideOrAbove(level, name));
      }
    }
  }

  @Test
  void the_house_does_not_know_what_stands_beside_it() {
    for (String outside : BESIDE_THE_HOUSE) {
      noClasses()
          .that()
          .resideOutsideOfPackage(outside)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(outside)
          .check(HOUSE);
    }
  }

  @Test
  void packages_form_no_cycle() {
    slices().matching("dev.postrider.(*)..").should().beFreeOfCycles().check(HOUSE);
  }

  @Test
  void mail_is_plain_Java_with_a_streaming_parser() {
    usesOnly("mail", "java..", "com.fasterxml.jackson.core..");
  }

  @Test
  void mime_and_retry_are_plain_Java() {
    usesOnly("mime", "java..", ROOT + "mail..");
    usesOnly("retry", "java..", ROOT + "mail..", ROOT + "timing..");
  }

  @Test
  void smtp_knows_sockets_and_bytes_only() {
    usesOnly(
        "smtp", "java..", "javax.crypto..", "io.vertx.core..", "io.netty..", ROOT + "timing..");
  }

  @Test
  void smtpserver_knows_sockets_only() {
    usesOnly("smtpserver", "java..", "io.vertx.core..");
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
        .check(HOUSE);
  }

  @Test
  void the_tools_do_not_read_the_configuration() {
    banned(
        all("mail", "smtp", "smtpserver", "redis", "mime", "retry", "queue", "event"),
        all("config"));
  }

  @Test
  void every_class_is_named_after_its_duty() {
    for (String empty : List.of("Util", "Manager", "Helper", "Impl", "Job", "Task")) {
      noClasses().should().haveSimpleNameContaining(empty).check(HOUSE);
    }
  }

  @Test
  void nothing_static_can_change() {
    fields().that().areStatic().should().beFinal().check(HOUSE);
    fields()
        .that()
        .areStatic()
        .should()
        .notHaveRawType(resideInAPackage("java.util.concurrent.."))
        .check(HOUSE);
  }

  @Test
  void the_engine_room_takes_no_lock() {
    banned(all("worker"), "java.util.concurrent.locks..");
    methods()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage(ROOT + "worker..")
        .should()
        .notHaveModifier(JavaModifier.SYNCHRONIZED)
        .check(HOUSE);
  }

  @Test
  void nobody_may_forget_to_subscribe_to_what_another_class_offers() {
    for (Class<?> pipeline : List.of(Uni.class, Multi.class)) {
      methods()
          .that(describe("are called by other classes", ArchitectureTest::isOffered))
          .and()
          .haveRawReturnType(pipeline)
          .should()
          .beAnnotatedWith(CheckReturnValue.class)
          .allowEmptyShould(true)
          .check(HOUSE);
    }
  }

  @Test
  void dependencies_come_through_constructors_and_are_few() {
    fields().should().notBeAnnotatedWith(Inject.class).check(HOUSE);
    constructors()
        .that(describe("are written by hand", ArchitectureTest::isWrittenByHand))
        .should()
        .haveRawParameterTypes(
            describe("at most " + PARAMETERS_MAX, types -> types.size() <= PARAMETERS_MAX))
        .check(HOUSE);
  }

  private static Predicate<String> inside(String name) {
    return other -> (other + ".").startsWith(name + ".");
  }

  private static boolean isOffered(JavaMethod method) {
    return !method.getModifiers().contains(JavaModifier.PRIVATE)
        && !method.getModifiers().contains(JavaModifier.SYNTHETIC)
        && !method.isAnnotatedWith(Scheduled.class)
        && !method.isMetaAnnotatedWith("jakarta.ws.rs.HttpMethod");
  }

  /** A record lists its components; an enum's or inner class's first parameters are hidden. */
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
        .check(HOUSE);
  }

  private static void banned(String[] from, String... what) {
    noClasses()
        .that()
        .resideInAnyPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(what)
        .allowEmptyShould(true)
        .check(HOUSE);
  }

  private static String[] besideOrAbove(int level, String name) {
    return FLOORS.subList(level, FLOORS.size()).stream()
        .flatMap(List::stream)
        .filter(other -> !other.equals(name))
        .map(other -> ROOT + other + "..")
        .toArray(String[]::new);
  }

  private static String[] all(String... names) {
    return Stream.of(names).map(name -> ROOT + name + "..").toArray(String[]::new);
  }
}
