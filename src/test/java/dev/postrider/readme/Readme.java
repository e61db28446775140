package dev.postrider.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The README as its tests read it. */
public final class Readme {

  private static final String TEXT = text();

  private Readme() {}

  /** The code of one language, block by block. */
  public static List<String> blocks(String language) {
    return groups("(?ms)^```" + language + "\\n(.*?)^```$").map(match -> match.group(1)).toList();
  }

  /** The settings of the table: their names and their defaults. */
  static List<MatchResult> settings() {
    return groups("(?m)^\\| `(postrider\\.[^`]+)` \\| (?:`([^`]*)`)? \\|").toList();
  }

  /** What links point at, other sites left out. */
  static List<String> files() {
    return groups("\\]\\((?!http)([^)#]+)\\)").map(match -> match.group(1)).toList();
  }

  /** The commands that call the build. */
  static List<String> builds() {
    return groups("\\./mvnw [^`\\n]+").map(MatchResult::group).toList();
  }

  /** The first large number. */
  static String figure() {
    return groups("\\d+,\\d{3}").findFirst().orElseThrow().group();
  }

  private static Stream<MatchResult> groups(String pattern) {
    return Pattern.compile(pattern).matcher(TEXT).results();
  }

  private static String text() {
    try {
      return Files.readString(Path.of("README.md"));
    } catch (IOException e) {
      throw new UncheckedIOException("The README must be there.", e);
    }
  }
}
