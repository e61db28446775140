package dev.postrider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.Hostile;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of hostile cases says what there is: each is counted where a test tries it out. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HostileCasesTest {

  private static final Path PAGE = Path.of("src/site/markdown/explanation/security.md");
  private static final Path CLASSES = Path.of("target/test-classes");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| ([^|]+?) +\\| *([\\d,]+) +\\| [^|]* \\|$");

  /** So many there should be at least. */
  private static final Map<String, Integer> LEAST =
      Map.of(
          "fields × payloads", 480,
          "addresses", 60,
          "attachment names", 40,
          "JSON", 30,
          "limits at n-1, n, n+1", 75,
          "paths past the access check", 30,
          "HTML bodies", 20,
          "requests of other sites", 15,
          "servers with TLS", 12);

  @Test
  void the_table_counts_what_the_tests_try() throws Exception {
    Map<String, Integer> counted = counted();
    assertEquals(counted, table());
    LEAST.forEach((row, least) -> assertTrue(counted.get(row) >= least, row + " " + counted));
    int sum = counted.values().stream().mapToInt(Integer::intValue).sum();
    assertTrue(
        Files.readString(PAGE).contains("%,d hostile cases".formatted(sum)), "in all " + sum);
  }

  private static Map<String, Integer> table() throws IOException {
    return ROW.matcher(Files.readString(PAGE))
        .results()
        .collect(
            Collectors.toMap(
                row -> row.group(1),
                row -> Integer.parseInt(row.group(2).replace(",", "")),
                Integer::sum,
                TreeMap::new));
  }

  private static Map<String, Integer> counted() throws Exception {
    Map<String, Integer> counted = new TreeMap<>();
    for (Method method : hostile()) {
      Hostile cases = method.getAnnotation(Hostile.class);
      counted.merge(cases.value(), count(method) * cases.each(), Integer::sum);
    }
    return counted;
  }

  private static List<Method> hostile() throws Exception {
    List<Method> methods = new ArrayList<>();
    for (Path file : testsThatName(Hostile.class)) {
      String name = CLASSES.relativize(file).toString().replace(File.separatorChar, '.');
      Class<?> type =
          Class.forName(name.replaceFirst("\\.class$", ""), false, Hostile.class.getClassLoader());
      Stream.of(type.getDeclaredMethods())
          .filter(method -> method.isAnnotationPresent(Hostile.class))
          .forEach(methods::add);
    }
    return methods;
  }

  /** To load them all would take long; the few that are needed name the annotation. */
  private static List<Path> testsThatName(Class<?> annotation) throws IOException {
    String descriptor = annotation.getName().replace('.', '/') + ';';
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(CLASSES)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(descriptor)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  private static int count(Method method) throws Exception {
    if (Stream.class.isAssignableFrom(method.getReturnType())) {
      return (int) ((Stream<?>) call(method)).count();
    }
    if (Collection.class.isAssignableFrom(method.getReturnType())) {
      return ((Collection<?>) call(method)).size();
    }
    if (method.isAnnotationPresent(CsvFileSource.class)) {
      CsvFileSource source = method.getAnnotation(CsvFileSource.class);
      Path file = Path.of("src/test/resources" + source.resources()[0]);
      return Files.readAllLines(file).size() - source.numLinesToSkip();
    }
    return method.isAnnotationPresent(EnumSource.class)
        ? constants(method.getParameterTypes()[0])
        : 1;
  }

  /** Without making them: some of them take long. */
  private static int constants(Class<?> type) {
    return (int) Stream.of(type.getDeclaredFields()).filter(Field::isEnumConstant).count();
  }

  private static Object call(Method method) throws Exception {
    method.setAccessible(true);
    Constructor<?> made = method.getDeclaringClass().getDeclaredConstructor();
    made.setAccessible(true);
    return method.invoke(made.newInstance());
  }
}
