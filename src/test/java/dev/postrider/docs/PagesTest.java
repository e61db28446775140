package dev.postrider.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.postrider.deploy.Yaml;
import dev.postrider.docs.Page.Block;
import dev.postrider.mail.MailLimits;
import dev.postrider.mail.json.MailCodec;
import dev.postrider.mail.json.MailSchema;
import dev.postrider.support.ForeignPrograms;
import dev.postrider.support.Program;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page: its links lead somewhere, its code can be read, its settings exist. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Tag(ForeignPrograms.TAG)
class PagesTest {

  private static final Duration QUICK = Duration.ofSeconds(30);

  /** In code spans and in properties; {@code postrider.x.*} names a group of keys. */
  private static final Pattern KEY =
      Pattern.compile("(?m)(?:`|^|-D)(postrider(?:\\.[a-z*<>][a-z0-9*<>-]*)+)(?=`|=| )");

  private static final Pattern VARIABLE = Pattern.compile("\\bPOSTRIDER(?:_[A-Z0-9]+)+\\b(?!_)");
  private static final Set<String> LANGUAGES =
      Set.of(
          "",
          "text",
          "sh",
          "bash",
          "json",
          "yaml",
          "toml",
          "properties",
          "ruby",
          "python",
          "js",
          "go",
          "php",
          "java",
          "sql",
          "promql",
          "console",
          "nginx",
          "ini",
          "xml",
          "lua",
          "dockerfile");

  @TempDir Path directory;

  static List<Page> pages() throws IOException {
    return Page.all();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_link_leads_to_a_file_and_a_heading(Page page) {
    for (String link : page.links()) {
      String[] parts = link.split("#", 2);
      Path target =
          parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]).normalize();
      assertTrue(Files.exists(target), () -> page + " points at " + link);
      if (parts.length > 1) {
        assertTrue(Page.read(target).anchors().contains(parts[1]), () -> page + ": " + link);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_block_of_code_can_be_read(Page page) throws Exception {
    for (Block block : page.blocks()) {
      assertTrue(LANGUAGES.contains(block.language()), page + ": " + block.language());
      check(block, page.toString());
    }
  }

  private void check(Block block, String page) throws Exception {
    switch (block.language()) {
      case "json" -> checkJson(block.code());
      case "yaml" -> assertTrue(!Yaml.all(block.code()).isEmpty(), page);
      case "properties" -> new Properties().load(new StringReader(block.code()));
      case "sh", "bash" -> checkShell(block);
      default -> {}
    }
  }

  /** What has an author is a mail; anything else has to be JSON. */
  private static void checkJson(String json) throws Exception {
    if (json.contains("\"from\"")) {
      new MailCodec(MailLimits.STANDARD).decode(json.getBytes(StandardCharsets.UTF_8));
      assertEquals(Set.of(), new MailSchema().faults(json));
      return;
    }
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      while (parser.nextToken() != null) {
        parser.skipChildren();
      }
    }
  }

  private void checkShell(Block block) throws IOException {
    Path script = Files.writeString(directory.resolve("block.sh"), block.code());
    Program.needed(block.language(), directory).run(QUICK, "-n", script.toString());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_setting_that_it_names_exists(Page page) throws IOException {
    List<String> known = SettingsSource.keys().stream().map(SettingsSource.Key::name).toList();
    KEY.matcher(page.text())
        .results()
        .map(match -> match.group(1))
        .forEach(key -> assertTrue(known.stream().anyMatch(k -> names(key, k)), page + ": " + key));
  }

  private static boolean names(String written, String key) {
    if (written.endsWith(".*")) {
      return key.startsWith(written.substring(0, written.length() - 1));
    }
    String pattern = Pattern.quote(key).replace("<name>", "\\E[a-z0-9<>-]+\\Q");
    return written.matches(pattern);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_variable_that_it_names_exists(Page page) throws IOException {
    List<Pattern> known =
        SettingsSource.keys().stream()
            .map(key -> key.variable().replace("<NAME>", "[A-Z0-9_]+"))
            .map(Pattern::compile)
            .toList();
    String compose = Files.readString(Path.of("deploy/compose.yaml"));
    VARIABLE
        .matcher(page.text())
        .results()
        .map(MatchResult::group)
        .filter(name -> !compose.contains("environment: " + name)) // Its own, for secrets.
        .forEach(name -> assertTrue(anyMatches(known, name), page + ": " + name));
  }

  private static boolean anyMatches(List<Pattern> patterns, String name) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
  }

  @Test
  void the_map_leads_to_every_page() throws IOException {
    List<Path> mapped =
        Page.of("index.md").links().stream()
            .map(link -> Path.of("src/site/markdown").resolve(link.split("#")[0]).normalize())
            .toList();
    for (Page page : Page.all()) {
      Path file = page.file();
      boolean own = file.startsWith("src/site/markdown") && !file.endsWith("index.md");
      assertTrue(!own || mapped.contains(file), () -> "the map lacks " + page);
    }
  }
}
