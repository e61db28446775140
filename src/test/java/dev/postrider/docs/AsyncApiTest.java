package dev.postrider.docs;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.postrider.deploy.Yaml;
import dev.postrider.mail.Reason;
import dev.postrider.mail.Receipt.Fate;
import dev.postrider.mail.json.MailSchema;
import dev.postrider.redis.Keys;
import dev.postrider.smtp.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The AsyncAPI document describes the streams as the program reads and writes them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AsyncApiTest {

  private static final Path FILE = Path.of("src/main/resources/schema/asyncapi.yaml");
  private static final Pattern REFERENCE = Pattern.compile("\\$ref: \"([^\"]+)\"");

  private final Yaml api = Yaml.read(FILE);

  AsyncApiTest() throws IOException {}

  @Test
  void is_a_document_of_version_3() {
    assertEquals("3.0.0", api.at("asyncapi").text());
    assertEquals("Postrider", api.at("info", "title").text());
    assertNotNull(api.at("info", "version").node());
    for (String operation : api.at("operations").names()) {
      Yaml described = api.at("operations", operation);
      assertTrue(Set.of("send", "receive").contains(described.at("action").text()), operation);
      assertNotNull(described.at("channel", "$ref").node(), operation);
    }
  }

  @Test
  void every_reference_leads_somewhere() throws IOException {
    List<MatchResult> references = REFERENCE.matcher(Files.readString(FILE)).results().toList();
    assertFalse(references.isEmpty(), "references");
    references.forEach(reference -> assertTrue(leads(reference.group(1)), reference.group(1)));
  }

  private boolean leads(String reference) {
    return reference.startsWith("#/")
        ? api.at(reference.substring(2).split("/")).node() != null
        : Files.exists(FILE.resolveSibling(reference));
  }

  @Test
  void names_the_streams_and_the_group_of_the_program() {
    Keys keys = new Keys("mail", "default");
    assertEquals(keys.ready(), address("ready"));
    assertEquals(keys.events(), address("events"));
    assertEquals(Keys.GROUP, api.at("channels", "ready", "x-redis", "group").text());
  }

  private String address(String channel) {
    return api.at("channels", channel, "address").text().replace("{queue}", "default");
  }

  @Test
  void lists_the_fields_that_events_have() throws Exception {
    Yaml event = api.at("components", "schemas", "event", "properties");
    assertEquals(DocumentedEventFields.names(), new TreeSet<>(event.names()));
    assertEquals(DocumentedEventFields.types(), values(event.at("type")));
    assertEquals(words(Reason.values()), values(event.at("reason")));
    assertEquals(words(Phase.values()), values(event.at("phase")));
    assertEquals(
        Arrays.stream(Fate.values())
            .map(fate -> fate.name().toLowerCase(Locale.ROOT))
            .collect(toCollection(TreeSet::new)),
        values(event.at("recipients", "items", "properties", "outcome")));
  }

  private static Set<String> values(Yaml schema) {
    return schema.at("enum").items().stream().map(Yaml::text).collect(toCollection(TreeSet::new));
  }

  private static Set<String> words(Enum<?>[] values) {
    return Arrays.stream(values)
        .map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .collect(toCollection(TreeSet::new));
  }

  @Test
  void its_examples_keep_their_schemas() {
    MailSchema mails = new MailSchema();
    examples("mail").forEach(mail -> assertEquals(Set.of(), mails.faultsOfYaml(dump(mail))));
    JsonSchema events =
        JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(dump(api.at("components", "schemas", "event")), InputFormat.YAML);
    examples("event")
        .forEach(event -> assertEquals(Set.of(), events.validate(dump(event), InputFormat.YAML)));
  }

  private List<Yaml> examples(String message) {
    List<Yaml> examples = api.at("components", "messages", message, "examples").items();
    assertFalse(examples.isEmpty(), message);
    return examples.stream().map(example -> example.at("payload")).toList();
  }

  private static String dump(Yaml part) {
    return new org.yaml.snakeyaml.Yaml().dump(part.node());
  }
}
