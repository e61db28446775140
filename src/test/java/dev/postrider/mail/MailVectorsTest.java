package dev.postrider.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The example files that say in JSON what a mail is: any other reader can be judged by them too.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MailVectorsTest {

  private static final Path MAILS = Path.of("src/test/resources/mails");

  private final MailCodec codec = new MailCodec(MailLimits.STANDARD);

  @TestFactory
  List<DynamicTest> reads_every_valid_mail() throws IOException {
    try (Stream<Path> files = Files.list(MAILS.resolve("valid"))) {
      return files.sorted().map(this::reads).toList();
    }
  }

  @TestFactory
  List<DynamicTest> refuses_every_invalid_mail_at_its_fault() throws IOException {
    try (Stream<String> lines = Files.lines(MAILS.resolve("invalid/expected.tsv"))) {
      return lines.filter(line -> !line.startsWith("#")).map(this::refuses).toList();
    }
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
