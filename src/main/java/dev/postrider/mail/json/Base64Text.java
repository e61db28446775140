package dev.postrider.mail.json;

import dev.postrider.mail.InvalidMail;
import java.util.Base64;

/** Decodes base64 of RFC 4648 §4: standard alphabet, with padding, without line breaks. */
final class Base64Text {

  private Base64Text() {}

  static byte[] decode(String text) throws InvalidMail {
    // The JDK's decoder accepts a last group without padding; the length check does not.
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
