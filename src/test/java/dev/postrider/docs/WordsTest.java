package dev.postrider.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Code, comments, messages, scripts and pages use the field's words: {@code words.txt} lists those
 * that are not used. Names are split into their words.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WordsTest {

  private static final Path LIST = Path.of("src/test/resources/words.txt");

  private static final List<String> PLACES =
      List.of(
          "README.md",
          "CHANGELOG.md",
          "CONTRIBUTING.md",
          "pom.xml",
          "src",
          "deploy",
          ".github",
          ".ci");

  private static final Pattern WRITTEN_BY_US =
      Pattern.compile(
          ".*\\.(java|lua|md|properties|html|js|mjs|css|json|ya?ml|xml|tpl|conf|acl|service|sh|rb)"
              + "|\\.ci/.*");

  /** Words of a text or of a name: {@code isGrave} and {@code GRAVE_MAX} have two each. */
  private static final Pattern WORD = Pattern.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+");

  /** A text with which a word of the list may stand in the files that begin so. */
  private record Exception(String text, String path) {

    boolean covers(String file, String line) {
      return file.startsWith(path) && line.contains(text);
    }
  }

  private final Map<String, String> avoided = new HashMap<>();
  private final List<Exception> exceptions = new ArrayList<>();
  private final Set<Exception> needed = new HashSet<>();
  private final List<String> found = new ArrayList<>();

  WordsTest() throws IOException {
    for (String line : Files.readAllLines(LIST)) {
      if (line.startsWith("allow ")) {
        String[] parts = line.substring("allow ".length()).split(" \\| ");
        assertEquals(3, parts.length, "text, path and reason: " + line);
        exceptions.add(new Exception(lower(parts[0]), parts[1]));
      } else if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.split(" = ");
        Stream.of(parts[0].split(", ")).forEach(word -> avoided.put(word, parts[1]));
      }
    }
  }

  @Test
  void no_file_uses_a_word_that_is_avoided() throws IOException {
    for (Path file : files()) {
      read(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
    }
    assertEquals("", String.join("\n", found));
    assertEquals(Set.copyOf(exceptions), needed, "exceptions that are needed");
  }

  @Test
  void words_are_found_in_names_and_in_prose() {
    read("A.java", "int graveCount; // isGrave\n/** A mail in\n * hand, OLD_GRAVES, engraved. */");
    assertEquals(
        List.of(
            "A.java:1: \"grave\", use: dead letter",
            "A.java:1: \"grave\", use: dead letter",
            "A.java:3: \"in hand\", use: in flight",
            "A.java:3: \"graves\", use: dead letter"),
        found);
  }

  private void read(String file, String text) {
    String before = "";
    int number = 0;
    for (String line : text.split("\n")) {
      number++;
      Matcher words = WORD.matcher(line);
      while (words.find()) {
        String word = lower(words.group());
        check(word, file, number, line);
        check(before + " " + word, file, number, line);
        before = word;
      }
    }
  }

  private void check(String words, String file, int number, String line) {
    String instead = avoided.get(words);
    if (instead == null) {
      return;
    }
    List<Exception> covering =
        exceptions.stream().filter(each -> each.covers(file, lower(line))).toList();
    needed.addAll(covering);
    if (covering.isEmpty()) {
      found.add(file + ":" + number + ": \"" + words + "\", use: " + instead);
    }
  }

  private static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String place : PLACES) {
      try (Stream<Path> all = Files.walk(Path.of(place))) {
        all.filter(Files::isRegularFile)
            .filter(file -> WRITTEN_BY_US.matcher(file.toString()).matches())
            .filter(file -> !file.endsWith("WordsTest.java"))
            .sorted()
            .forEach(files::add);
      }
    }
    return files;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
