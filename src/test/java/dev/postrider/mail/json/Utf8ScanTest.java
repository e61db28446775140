package dev.postrider.mail.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The scan agrees with the strict decoder of the JDK, byte by byte. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class Utf8ScanTest {

  private static final String SAMPLE = "plain ascii, \u00FC \u20AC \uD83E\uDD8A \uFFFD \\n \u07FF";

  @Test
  void finds_the_first_fault_where_the_decoder_of_the_jdk_finds_it() {
    Random random = new Random(1);
    byte[] sample = SAMPLE.repeat(3).getBytes(UTF_8);
    for (int round = 0; round < 100_000; round++) {
      byte[] bytes = sample.clone();
      for (int fault = random.nextInt(3); fault > 0; fault--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      int length = random.nextInt(bytes.length);
      Utf8Scan scan = new Utf8Scan(bytes, 0, length);
      assertEquals(soundBytes(bytes, length), scan.validLength());
      assertEquals(scan.validLength() < length, scan.malformed());
    }
  }

  @Test
  void knows_every_pair_of_bytes_whatever_follows() {
    byte[] bytes = new byte[4];
    for (int pair = 0x8000; pair < 0x10000; pair++) {
      bytes[0] = (byte) (pair >> 8);
      bytes[1] = (byte) pair;
      for (int third : new int[] {'a', 0x7F, 0x80, 0xBF, 0xC0, 0xFF}) {
        bytes[2] = (byte) third;
        bytes[3] = (byte) third;
        assertEquals(soundBytes(bytes, 4), new Utf8Scan(bytes, 0, 4).validLength());
      }
    }
  }

  @Test
  void looks_at_its_part_only() {
    byte[] bytes = {(byte) 0xFF, 'a', (byte) 0xFF};

    assertFalse(new Utf8Scan(bytes, 1, 1).malformed());
    assertEquals(1, new Utf8Scan(bytes, 1, 2).validLength());
  }

  @Test
  void sees_a_unicode_escape_wherever_it_starts() {
    for (int before = 0; before < 20; before++) {
      byte[] bytes = ("x".repeat(before) + "\\u00fc and so on").getBytes(UTF_8);

      assertTrue(new Utf8Scan(bytes, 0, bytes.length).hasEscapes());
    }
    byte[] others = "u \\n \\t \\\\".getBytes(UTF_8);
    assertFalse(new Utf8Scan(others, 0, others.length).hasEscapes());
  }

  private static int soundBytes(byte[] bytes, int length) {
    CharsetDecoder strict = UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
    CharBuffer out = CharBuffer.allocate(length);
    strict.decode(in, out, true);
    return in.position();
  }
}
