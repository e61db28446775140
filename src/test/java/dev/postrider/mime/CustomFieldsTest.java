package dev.postrider.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CustomFieldsTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "Sender, robot@acme.test, robot@acme.test",
        "sender, `Silva, Ana <a@b.test>`, REFUSED",
        "Sender, `\"Silva, Ana\" <a@b.test>`, `\"Silva, Ana\" <a@b.test>`",
        "Sender, Jürgen <j@bücher.test>, =?UTF-8?Q?J=C3=BCrgen?= <j@xn--bcher-kva.test>",
        "Keywords, `plain, Düsseldorf`, `plain, =?UTF-8?Q?D=C3=BCsseldorf?=`",
        "Keywords, `\"a, b\", Düsseldorf`, `\"a, b\", =?UTF-8?Q?D=C3=BCsseldorf?=`",
        "List-Id, Café au lait <cafe.acme.test>, =?UTF-8?Q?Caf=C3=A9_au_lait?= <cafe.acme.test>",
        "List-Id, <cafe.acme.test>, <cafe.acme.test>",
        "Errors-To, `Zoë <z@b.test>, a@b.test`, `=?UTF-8?Q?Zo=C3=AB?= <z@b.test>, a@b.test`",
        "Errors-To, a@b.test (comment), a@b.test (comment)",
        "Comments, Grüne Wiese, =?UTF-8?Q?Gr=C3=BCne_Wiese?=",
        "X-Own, =?not encoded, =?not encoded"
      })
  void writes_each_field_by_its_grammar(String name, String value, String expected) {
    if (expected.equals("REFUSED")) {
      assertThrows(IllegalArgumentException.class, () -> field(name, value));
    } else {
      assertEquals(name + ": " + expected + "\r\n", field(name, value));
    }
  }

  @Test
  void folds_the_references_of_a_long_conversation() {
    String references =
        IntStream.range(0, 20)
            .mapToObj(
                "<c.1000.%d.a-long-identifier-of-a-conversation@desk.example.test>"::formatted)
            .collect(Collectors.joining(" "));
    String field = field("References", references);

    List<String> lines = field.lines().toList();
    assertEquals("References: " + references, String.join("", lines));
    assertEquals(20, lines.size());
    assertTrue(lines.stream().allMatch(line -> line.length() <= 80), field);
  }

  private static String field(String name, String value) {
    ByteSink sink = new ByteSink(64);
    new CustomFields(new HeaderWriter(sink)).write(name, value);
    return new String(sink.toBytes(), StandardCharsets.US_ASCII);
  }
}
