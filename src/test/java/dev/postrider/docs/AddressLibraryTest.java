package dev.postrider.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.james.mime4j.field.address.LenientAddressParser;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * How many hostile addresses the parsers of two libraries accept. Postrider refuses all of them;
 * the decision page about address parsers gives these figures.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AddressLibraryTest {

  private static final Path CASES = Path.of("src/test/resources/hostile/addresses.txt");

  private final String page = Page.of("explanation/decisions/address-parsers.md").text();

  @Test
  void the_page_says_how_many_Angus_Mail_accepts() throws IOException {
    assertOnPage("Angus Mail", cases().stream().filter(AddressLibraryTest::angus).count());
  }

  @Test
  void the_page_says_how_many_Mime4j_accepts() throws IOException {
    assertOnPage("Mime4j", cases().stream().filter(AddressLibraryTest::mime4j).count());
  }

  private void assertOnPage(String library, long accepted) {
    String row = "| " + library + " |";
    assertTrue(
        page.lines()
            .anyMatch(line -> line.startsWith(row) && line.endsWith("| " + accepted + " |")),
        library + " accepts " + accepted);
  }

  /** In its strict mode, and only what it reads as one mailbox. */
  private static boolean angus(String address) {
    try {
      InternetAddress[] read = InternetAddress.parse(address, true);
      for (InternetAddress one : read) {
        one.validate();
      }
      return read.length == 1 && !read[0].isGroup();
    } catch (AddressException e) {
      return false;
    }
  }

  private static boolean mime4j(String address) {
    return LenientAddressParser.DEFAULT.parseAddressList(address).flatten().size() == 1;
  }

  private static List<String> cases() throws IOException {
    return Files.readAllLines(CASES).stream()
        .filter(line -> !line.startsWith("#"))
        .map(AddressLibraryTest::unescaped)
        .toList();
  }

  private static String unescaped(String json) {
    try (JsonParser parser = new JsonFactory().createParser('"' + json + '"')) {
      parser.nextToken();
      return parser.getText();
    } catch (IOException e) {
      throw new IllegalStateException(json, e);
    }
  }
}
