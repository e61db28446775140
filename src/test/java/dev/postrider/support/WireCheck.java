package dev.postrider.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.smtpserver.Received;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Checks the bytes of one mail against RFC 5321 once more, in the plainest way: independent of the
 * scan that the server itself uses.
 */
public final class WireCheck {

  /** RFC 5321 §4.5.3.1.6, without CRLF. */
  private static final int LINE_MAX = 998;

  private WireCheck() {}

  public static void assertClean(Received mail) {
    String text = new String(mail.wire(), StandardCharsets.ISO_8859_1);
    List<String> lines = Arrays.asList(text.split("\r\n", -1));
    assertEquals("", lines.get(lines.size() - 1), "the content ends with CRLF");
    for (String line : lines) {
      assertEquals(-1, line.indexOf('\r'), "no bare CR");
      assertEquals(-1, line.indexOf('\n'), "no bare LF");
      assertTrue(line.length() <= LINE_MAX + stuffing(mail, line), "no line over 998 bytes");
    }
    if (!mail.link().chunked()) {
      assertEquals(lines.size() - 2, lines.indexOf("."), "one terminator, at the end");
    }
  }

  private static int stuffing(Received mail, String line) {
    return !mail.link().chunked() && line.startsWith(".") ? 1 : 0;
  }
}
