package dev.postrider.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.postrider.deploy.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * The reference of the mail lists the keys of its schema. With {@code -Dpages.write=true} it is
 * written again.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MailPageTest {

  private static final Path PAGE = Path.of("src/site/markdown/reference/mail.md");
  private static final Path SCHEMA = Path.of("src/main/resources/schema/mail.schema.json");
  private static final String START = "<!-- From the schema. -->\n";
  private static final String END = "\n<!-- Written by hand. -->\n";

  /** Names of the schema's own definitions, in words. */
  private static final Map<String, String> FORMS =
      Map.of(
          "line", "text on one line",
          "folded", "text on one line, may be folded",
          "prose", "text",
          "mailbox", "mailbox",
          "mailboxes", "mailbox, or array of at most 100",
          "moment", "RFC 3339 with seconds and offset",
          "labels", "object of texts on one line, at most 16");

  private final Yaml schema = Yaml.read(SCHEMA);

  MailPageTest() throws IOException {}

  @Test
  void the_page_lists_every_key() throws IOException {
    String page = Files.readString(PAGE);
    String alternative = table(schema.at("$defs", "alternative", "properties"));
    String attachment = table(schema.at("$defs", "attachment", "properties"));
    String written =
        page.substring(0, page.indexOf(START))
            + START
            + table(schema.at("properties"))
            + "\nA form of `alternatives`; both keys are required:\n"
            + alternative
            + "\nA file of `attachments`; `filename` and `content` are required:\n"
            + attachment
            + page.substring(page.indexOf(END));
    if (Boolean.getBoolean("pages.write")) {
      Files.writeString(PAGE, written);
    }
    assertEquals(written, Files.readString(PAGE), "Run the test with -Dpages.write=true.");
  }

  private String table(Yaml properties) {
    return properties.names().stream()
        .map(key -> row(key, properties.at(key)))
        .collect(Collectors.joining("", "\n| key | meaning | form |\n|---|---|---|\n", ""));
  }

  private String row(String key, Yaml value) {
    List<String> form = new ArrayList<>();
    describe(value, form);
    String fallback = value.at("default").node() == null ? "" : value.at("default").text();
    if (!fallback.isEmpty()) {
      form.add("default `" + fallback + "`");
    }
    return "| `%s` | %s | %s |\n"
        .formatted(key, value.at("description").text(), String.join("; ", form));
  }

  private void describe(Yaml value, List<String> form) {
    if (value.at("$ref").node() != null) {
      String name = value.at("$ref").text().replace("#/$defs/", "");
      form.add(FORMS.getOrDefault(name, name));
    }
    value.at("allOf").items().forEach(part -> describe(part, form));
    add(value, "type", "%s", form);
    add(value, "minLength", "at least %s character", form);
    add(value, "maxLength", "at most %s characters", form);
    add(value, "maxItems", "at most %s", form);
    add(value, "maxProperties", "at most %s", form);
    if (!value.at("enum").items().isEmpty()) {
      form.add(
          value.at("enum").items().stream()
              .map(one -> "`" + one.text() + "`")
              .collect(Collectors.joining(" or ")));
    }
  }

  private static void add(Yaml value, String rule, String words, List<String> form) {
    if (value.at(rule).node() != null) {
      form.add(words.formatted(value.at(rule).text()));
    }
  }
}
