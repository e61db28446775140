package dev.postrider.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation, for the tests.
 *
 * @param file its path from the project's root
 * @param text the whole page
 */
public record Page(Path file, String text) {

  private static final Path SITE = Path.of("src/site/markdown");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```([a-z]*)\\n(.*?)^ *```$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern IMAGE = Pattern.compile("(?:src|srcset)=\"([^\"]+)\"");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  /**
   * A block of code.
   *
   * @param language as the page names it; empty if it does not
   */
  record Block(String language, String code) {}

  static Page read(Path file) {
    try {
      return new Page(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A page of the site by its path, such as {@code how-to/monitor.md}. */
  public static Page of(String path) {
    return read(SITE.resolve(path));
  }

  /** The README, CONTRIBUTING, the deployment's README and every page of the site. */
  public static List<Page> all() throws IOException {
    List<Page> pages = new ArrayList<>();
    pages.add(read(Path.of("README.md")));
    pages.add(read(Path.of("CONTRIBUTING.md")));
    pages.add(read(Path.of("deploy/README.md")));
    try (Stream<Path> files = Files.walk(SITE)) {
      files
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .map(Page::read)
          .forEach(pages::add);
    }
    return pages;
  }

  List<Block> blocks() {
    return BLOCK.matcher(text).results().map(m -> new Block(m.group(1), m.group(2))).toList();
  }

  /** The code of one language, block by block. */
  public List<String> blocks(String language) {
    return blocks().stream()
        .filter(block -> block.language().equals(language))
        .map(Block::code)
        .toList();
  }

  /** The targets of links and pictures within the project. */
  List<String> links() {
    String prose = BLOCK.matcher(text).replaceAll("");
    return Stream.of(LINK, IMAGE)
        .flatMap(pattern -> pattern.matcher(prose).results())
        .map(match -> match.group(1))
        .filter(link -> !link.matches("[a-z]+:.*"))
        .toList();
  }

  /** The anchors of the headings, as GitHub and Maven's site make them. */
  List<String> anchors() {
    String prose = BLOCK.matcher(text).replaceAll("");
    return HEADING.matcher(prose).results().map(Page::anchor).toList();
  }

  private static String anchor(MatchResult heading) {
    return heading
        .group(1)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
