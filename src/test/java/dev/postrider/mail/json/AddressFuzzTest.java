package dev.postrider.mail.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.postrider.mail.Address;
import dev.postrider.mail.InvalidMail;
import dev.postrider.support.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Goal: whatever a producer calls an address is refused or safe in a header and in an envelope, and
 * what was read once reads the same again.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AddressFuzzTest {

  private static final int CHANGES = 5_000;

  /** RFC 5321 §4.5.3.1.3: 256 with the angle brackets. */
  private static final int ADDRESS_MAX = 254;

  private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9.-]+|\\[[A-Za-z0-9.:-]+]");

  @FuzzTest
  void parses(byte[] bytes) {
    Address address;
    try {
      address = Address.parse(new String(bytes, StandardCharsets.UTF_8));
    } catch (InvalidMail refused) {
      assertTrue(isLine(refused.getMessage()));
      return;
    }
    assertTrue(isLine(address.address()) && isLine(address.name().orElse("")));
    assertTrue(DOMAIN.matcher(address.domain()).matches());
    assertTrue(address.address().getBytes(StandardCharsets.UTF_8).length <= ADDRESS_MAX);
    assertEquals(address.address(), again(address.address()));
  }

  @Test
  void parses_changed_seeds() {
    Seeds.of(getClass(), "parses").changed(CHANGES).forEach(this::parses);
  }

  private static String again(String address) {
    try {
      return Address.parse(address).address();
    } catch (InvalidMail refused) {
      throw new AssertionError("Refused what it had read: " + address, refused);
    }
  }

  private static boolean isLine(String text) {
    return text.codePoints()
        .map(Character::getType)
        .noneMatch(
            type ->
                type == Character.CONTROL
                    || type == Character.SURROGATE
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR);
  }
}
