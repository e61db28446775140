package dev.postrider.mail.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.MailLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The example files that say in JSON what a mail is: any other reader can be checked by them too.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MailVectorsTest {

  private static final Path MAILS = Path.of("src/test/resources/mails");
  private static final Predicate<String> JSON = name -> name.endsWith(".json");

  private final MailCodec codec = new MailCodec(MailLimits.STANDARD);

  @TestFactory
  List<DynamicTest> reads_every_valid_mail() throws IOException {
    try (Stream<Path> files = Files.list(MAILS.resolve("valid"))) {
      return files.sorted().map(this::reads).toList();
    }
  }

  @TestFactory
  List<DynamicTest> refuses_every_invalid_mail_at_its_fault() throws IOException {
    return expected().stream().map(this::refuses).toList();
  }

  @Test
  void every_invalid_mail_says_where_its_fault_is() throws IOException {
    try (Stream<Path> files = Files.list(MAILS.resolve("invalid"))) {
      assertEquals(
          expected().stream().map(line -> line.split("\t")[0]).sorted().toList(),
          files.map(file -> file.getFileName().toString()).filter(JSON).sorted().toList());
    }
  }

  private static List<String> expected() throws IOException {
    return Files.readAllLines(MAILS.resolve("invalid/expected.tsv")).stream()
        .filter(line -> !line.startsWith("#"))
        .toList();
  }

  private DynamicTest reads(Path file) {
    return dynamicTest(
        file.getFileName().toString(),
        () -> assertFalse(codec.decode(Files.readAllBytes(file)).from().address().isEmpty()));
  }

  private DynamicTest refuses(String line) {
    String[] columns = line.split("\t");
    Path file = MAILS.resolve("invalid").resolve(columns[0]);
    return dynamicTest(
        columns[0],
        () -> {
          byte[] json = Files.readAllBytes(file);
          assertEquals(
              columns[1], assertThrows(InvalidMail.class, () -> codec.decode(json)).pointer());
        });
  }
}
