package dev.postrider.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.deploy.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * The reference of the HTTP API lists what its OpenAPI document has. With {@code
 * -Dpages.write=true} it is written again.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ApiPageTest {

  private static final Path PAGE = Path.of("src/site/markdown/reference/api.md");
  private static final Path DOCUMENT = Path.of("src/site/resources/openapi.yaml");
  private static final String START = "<!-- From the OpenAPI document. -->\n";
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");

  @Test
  void the_page_lists_every_operation() throws IOException {
    String page = Files.readString(PAGE);
    String written = page.substring(0, page.indexOf(START)) + START + table();
    if (Boolean.getBoolean("pages.write")) {
      Files.writeString(PAGE, written);
    }
    assertEquals(written, Files.readString(PAGE), "Run the test with -Dpages.write=true.");
  }

  private static String table() throws IOException {
    Yaml paths = Yaml.read(DOCUMENT).at("paths");
    assertTrue(paths.names().contains("/api/v1/mails"), "the operations");
    return paths.names().stream()
        .filter(path -> path.startsWith("/api/"))
        .sorted()
        .map(path -> rows(path, paths.at(path)))
        .collect(Collectors.joining("", "\n| | |\n|---|---|\n", ""));
  }

  private static String rows(String path, Yaml operations) {
    return operations.names().stream()
        .filter(METHODS::contains)
        .sorted()
        .map(method -> row(method, path, operations.at(method)))
        .collect(Collectors.joining());
  }

  private static String row(String method, String path, Yaml operation) {
    String verb = method.toUpperCase(Locale.ROOT);
    return "| `%s %s` | %s |\n".formatted(verb, path, operation.at("summary").text());
  }
}
