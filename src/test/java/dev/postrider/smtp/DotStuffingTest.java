package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DotStuffingTest {

  @ParameterizedTest
  @CsvSource({
    "., ..",
    "..~, ...~",
    "a~.b~, a~..b~",
    "a~.~.~, a~..~..~",
    "a.~b., a.~b.",
    "a^.b, a^..b",
    "a`.b, a`..b"
  })
  void doubles_the_dot_that_starts_a_line(String message, String stuffed) {
    assertEquals(wire(stuffed), DotStuffing.stuffed(Buffer.buffer(wire(message))).toString());
  }

  @Test
  void copies_nothing_if_no_line_starts_with_a_dot() {
    Buffer message = Buffer.buffer("a.b.c\r\nd.e\r\n");
    assertSame(message, DotStuffing.stuffed(message));
    assertEquals(0, DotStuffing.stuffed(Buffer.buffer()).length());
  }

  @Test
  void sees_a_dot_across_the_windows_it_looks_through() {
    for (int before = 65_530; before < 65_540; before++) {
      String text = "x".repeat(before) + "\r\n.y";
      assertEquals(
          "x".repeat(before) + "\r\n..y", DotStuffing.stuffed(Buffer.buffer(text)).toString());
    }
  }

  @Test
  void agrees_with_the_plainest_way_to_do_it() {
    Random random = new Random(20_261_122);
    for (int run = 0; run < 5_000; run++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(200); i > 0; i--) {
        text.append(random.nextInt(3) == 0 ? "\r\n" : random.nextBoolean() ? "." : "x");
      }
      String expected = ("\n" + text).replaceAll("(?<=[\r\n])\\.", "..").substring(1);
      assertEquals(expected, DotStuffing.stuffed(Buffer.buffer(text.toString())).toString());
    }
  }

  @Test
  void takes_linear_time_for_a_message_of_dots() {
    Buffer message = Buffer.buffer("\r\n.".repeat(3_000_000));
    Assertions.assertTimeout(
        Duration.ofSeconds(10),
        () -> assertTrue(DotStuffing.stuffed(message).length() > message.length()));
  }

  private static String wire(String shown) {
    return shown.replace("~", "\r\n").replace('^', '\n').replace('`', '\r');
  }
}
