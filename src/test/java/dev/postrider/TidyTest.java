package dev.postrider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Rules about source files that ArchUnit cannot see. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TidyTest {

  private static final int FILE_LINES_MAX = 300;
  private static final int METHOD_LINES_MAX = 40;

  /** Split, so that this file does not match. */
  private static final Pattern UNFINISHED =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");

  private static final Pattern SIGNATURE = Pattern.compile("@" + "author\\b");

  /** Of a developer's machine. */
  private static final Pattern PRIVATE_PATH =
      Pattern.compile("(?<![\\w.{])/(work|root|home|tmp/wt)" + "/");

  /** The vocabulary says mail and attempt. */
  private static final Pattern FOREIGN_WORD = Pattern.compile("([jJ]ob|[tT]ask)s?(?![a-z])");

  private static final Pattern LUA_HEADER =
      Pattern.compile("(?s)(-- [^\n]*\n)*-- KEYS .*-- ARGV .*-- Returns .*");

  private static List<JavaSource> main;

  @BeforeAll
  static void parse() throws IOException {
    main = JavaSource.parse(files("src/main/java", ".java"));
  }

  @Test
  void no_file_has_300_lines() {
    List<Path> tooLong =
        main.stream()
            .filter(source -> source.lines() >= FILE_LINES_MAX)
            .map(JavaSource::path)
            .toList();
    assertEquals(List.of(), tooLong, "files of " + FILE_LINES_MAX + " lines or more");
  }

  @Test
  void no_method_has_40_lines() {
    List<JavaSource.Method> tooLong =
        found(JavaSource::methods, method -> method.lines() >= METHOD_LINES_MAX);
    assertEquals(List.of(), tooLong, "methods of " + METHOD_LINES_MAX + " lines or more");
  }

  @Test
  void every_class_has_Javadoc() {
    assertEquals(List.of(), found(JavaSource::undocumented, place -> true), "without Javadoc");
  }

  @Test
  void no_lambda_contains_a_lambda() {
    assertEquals(List.of(), found(JavaSource::nestedLambdas, place -> true));
  }

  @Test
  void no_name_says_job_or_task() {
    assertEquals(
        List.of(),
        found(JavaSource::names, place -> FOREIGN_WORD.matcher(place.what()).find()),
        "say mail or attempt");
  }

  @Test
  void nothing_is_left_for_later_and_no_file_is_signed() throws IOException {
    assertEquals(List.of(), matching(UNFINISHED, files("src", "")));
    assertEquals(List.of(), matching(SIGNATURE, files("src", "")));
  }

  @Test
  void no_file_names_a_path_of_a_machine() throws IOException {
    assertEquals(List.of(), matching(PRIVATE_PATH, files("src", "")));
  }

  @Test
  void every_script_documents_KEYS_ARGV_and_Returns() throws IOException {
    List<Path> bare = new ArrayList<>();
    for (Path script : files("src/main/resources/lua", ".lua")) {
      String text = Files.readString(script);
      boolean included = text.contains("puts this file in front");
      if (!included && !LUA_HEADER.matcher(text).matches()) {
        bare.add(script);
      }
    }
    assertEquals(List.of(), bare, "scripts without KEYS, ARGV and Returns");
  }

  private static <T> List<T> found(Function<JavaSource, List<T>> what, Predicate<T> where) {
    return main.stream().map(what).flatMap(List::stream).filter(where).toList();
  }

  private static List<String> matching(Pattern pattern, List<Path> files) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : files) {
      pattern
          .matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
          .results()
          .forEach(match -> found.add(file + ": " + match.group()));
    }
    return found;
  }

  private static List<Path> files(String directory, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(Path.of(directory))) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(ending))
          .sorted()
          .toList();
    }
  }
}
