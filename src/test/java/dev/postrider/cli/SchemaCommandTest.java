package dev.postrider.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** {@code postrider schema}, which needs neither Redis nor settings. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SchemaCommandTest {

  private static final Path SCHEMA = Path.of("src/main/resources/schema/mail.schema.json");

  @Test
  void prints_the_schema_of_a_mail_as_it_is() throws Exception {
    Shell.Ended ended = new Shell().run("schema");
    assertEquals(0, ended.status(), ended.err());
    assertEquals(Files.readString(SCHEMA), ended.out());
  }
}
