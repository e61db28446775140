package dev.postrider.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AddressMaskingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          No such user                                   | No such user
          <ana@example.test>: unknown                    | <…>: unknown
          ana@example.test unknown                       | … unknown
          for ana+x@a.test, eve@b.test                   | for …, …
          to=<"ana smith"@example.test> no               | to=<…> no
          "ana@home"@example.test no                     | … no
          'to <"ana\\"s, \\\\ home"@example.test> no'       | to <…> no
          ana@[192.168.0.1] no                           | … no
          <ana@[IPv6:2001:db8::1]> no                    | <…> no
          bounce+ana=example.test@acme.test no           | … no
          üser@exämple.test no                           | … no
          queued as 4F2A1@                               | queued as 4F2A1@
          """)
  void takes_addresses_out(String text, String masked) {
    assertEquals(masked, AddressMasking.mask(text));
  }

  @Test
  void makes_one_line_of_controls() {
    assertEquals("a b c", AddressMasking.mask("a\r\nb\tc"));
  }

  @Test
  void bounds_the_rest_and_shows_no_part_of_an_address_that_was_cut() {
    String masked = AddressMasking.mask("x ".repeat(496) + "ana.smith@example.test");
    assertTrue(masked.length() <= 1_000);
    assertFalse(masked.contains("ana"));
  }

  @Test
  void cuts_no_character_in_two() {
    for (int before = 990; before < 1_005; before++) {
      String masked = AddressMasking.mask("x".repeat(before) + "😀".repeat(10));
      byte[] utf8 = masked.getBytes(StandardCharsets.UTF_8);
      assertEquals(masked, new String(utf8, StandardCharsets.UTF_8));
      assertFalse(masked.contains("?"));
    }
  }

  @Test
  void takes_linear_time_for_a_line_as_long_as_a_reply_may_be() {
    String masked = AddressMasking.mask("a".repeat(65_000) + " @ " + "b".repeat(65_000));
    assertEquals(1_000, masked.length());
  }
}
