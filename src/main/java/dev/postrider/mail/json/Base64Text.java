package dev.postrider.mail.json;

import dev.postrider.mail.InvalidMail;
import java.util.Base64;

/** Base64 of RFC 4648 §4: padded, without line breaks, the standard alphabet. */
final class Base64Text {

  private Base64Text() {}

  static byte[] decode(String text) throws InvalidMail {
    // The decoder of the JDK takes a last group without padding; the length gives it away.
    if (text.length() % 4 != 0) {
      throw notBase64();
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw notBase64();
    }
  }

  private static InvalidMail notBase64() {
    return ValueParser.fault(
        "expected base64 with padding, without line breaks or spaces (RFC 4648)");
  }
}
