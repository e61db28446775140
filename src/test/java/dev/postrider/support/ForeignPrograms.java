package dev.postrider.support;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Finds programs of other projects in the search path, and skips tests that need a missing one.
 * Each program stands in {@code foreign-programs.properties} with the Debian package that brings
 * it. A test that asks carries the tag {@value #TAG}: the gate runs those tests once more, without
 * any of these programs.
 */
public final class ForeignPrograms {

  /** Tag of the tests that speak with programs of other projects. */
  public static final String TAG = "foreign";

  /**
   * System property that names the running test class while it lacks the tag. A property, because
   * Quarkus loads test classes again, and static fields would not be shared.
   */
  static final String UNTAGGED = "tests.untagged";

  private static final String LIST = "/foreign-programs.properties";

  /** Looked at first: what a distribution installs, not what a version manager puts over it. */
  private static final List<Path> DISTRIBUTION = List.of(Path.of("/usr/bin"), Path.of("/usr/sbin"));

  private static final Properties PACKAGES = read();

  private ForeignPrograms() {}

  /**
   * Where a program is installed, if it is. Beside each {@code bin} of the search path its {@code
   * sbin} counts too, which is not on the path of users other than root.
   */
  public static Optional<Path> find(String name) {
    packageOf(name);
    checkTag(name);
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(Path::of)
        .flatMap(place -> Stream.of(place, place.resolveSibling("sbin")))
        .sorted(Comparator.comparing(place -> !DISTRIBUTION.contains(place)))
        .map(place -> place.resolve(name))
        .filter(Files::isRegularFile)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Where a program is that the test cannot do without; if it is missing, the test is skipped. */
  public static Path needed(String name) {
    return find(name).orElseGet(() -> skip(name));
  }

  /** Skips the test unless all of them are there. */
  public static void need(String... names) {
    Arrays.stream(names).forEach(ForeignPrograms::needed);
  }

  /** Skips the test, as this program or library is missing. */
  public static <T> T skip(String name) {
    checkTag(name);
    return abort(SkippedTests.reason(name, packageOf(name)));
  }

  private static String packageOf(String name) {
    String brings = PACKAGES.getProperty(name);
    return brings == null ? fail("Name the package of " + name + " in " + LIST) : brings;
  }

  private static void checkTag(String name) {
    String test = System.getProperty(UNTAGGED);
    if (test != null) {
      fail(test + " asks for " + name + ": give it @Tag(ForeignPrograms.TAG)");
    }
  }

  private static Properties read() {
    Properties properties = new Properties();
    try (InputStream list = ForeignPrograms.class.getResourceAsStream(LIST)) {
      properties.load(list);
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + LIST, e);
    }
  }
}
