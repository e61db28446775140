package dev.postrider.mail.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.MailLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The published schema and the codec agree: the schema accepts what the codec reads, and what it
 * accepts besides breaks a rule of {@link BeyondSchema}.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MailSchemaTest {

  private static final Path MAILS = Path.of("src/test/resources/mails");

  private final MailSchema schema = new MailSchema();
  private final MailCodec codec = new MailCodec(MailLimits.STANDARD);

  @TestFactory
  List<DynamicTest> accepts_every_valid_mail() throws IOException {
    try (Stream<Path> files = Files.list(MAILS.resolve("valid"))) {
      return files.sorted().map(this::accepts).toList();
    }
  }

  private DynamicTest accepts(Path file) {
    return dynamicTest(
        file.getFileName().toString(),
        () -> assertEquals(Set.of(), schema.faults(Files.readString(file))));
  }

  @TestFactory
  Stream<DynamicTest> tells_each_invalid_mail_that_a_schema_can_tell() throws IOException {
    return Files.readAllLines(MAILS.resolve("invalid/expected.tsv")).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t"))
        .map(columns -> dynamicTest(columns[0], () -> isRefusedBy(columns[0], columns[2])));
  }

  private void isRefusedBy(String file, String checker) throws IOException {
    byte[] mail = Files.readAllBytes(MAILS.resolve("invalid").resolve(file));
    InvalidMail fault = assertThrows(InvalidMail.class, () -> codec.decode(mail));
    if (checker.equals("schema")) {
      assertFalse(schema.accepts(new String(mail, UTF_8)));
    } else {
      assertTrue(BeyondSchema.anyExplains(fault), fault.getMessage());
      assertTrue(checker.equals("json") || schema.accepts(new String(mail, UTF_8)));
    }
  }

  @TestFactory
  List<DynamicTest> whatever_it_accepts_too_much_breaks_a_rule_beyond_it() throws IOException {
    return RefusedMailTest.documents().map(this::explained).toList();
  }

  private DynamicTest explained(String mail) {
    return dynamicTest(
        mail,
        () -> {
          InvalidMail fault = refuse(mail);
          assertTrue(!schema.accepts(mail) || BeyondSchema.anyExplains(fault), fault.getMessage());
        });
  }

  private InvalidMail refuse(String mail) {
    return assertThrows(InvalidMail.class, () -> codec.decode(mail.getBytes(UTF_8)));
  }

  @Test
  void tells_each_rule_beyond_it_in_its_description() {
    for (BeyondSchema rule : BeyondSchema.values()) {
      assertTrue(MailSchema.text().contains(rule.words()), rule.words());
    }
  }

  @Test
  void knows_every_key_that_the_codec_reads_and_no_other() {
    Set<String> unsupported = Set.of("template", "unsubscribe", "recipients", "tenant");
    for (String key : MailReader.KEYS.all()) {
      boolean known = MailSchema.text().contains("\n    \"" + key + "\": {");
      assertEquals(!unsupported.contains(key), known, key);
    }
  }

  @Test
  void takes_every_time_zone_there_is() {
    for (String zone : ZoneId.getAvailableZoneIds()) {
      String mail =
          "{\"from\":\"a@b.test\",\"to\":\"c@d.test\",\"text\":\"\",\"time_zone\":\"%s\"}";
      assertEquals(Set.of(), schema.faults(mail.formatted(zone)), zone);
    }
  }
}
