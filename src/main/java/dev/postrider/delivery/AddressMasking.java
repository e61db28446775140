package dev.postrider.delivery;

import dev.postrider.mail.Receipt;
import java.util.regex.Pattern;

/** Takes addresses out of what servers say, since they like to repeat them, and bounds the rest. */
public final class AddressMasking {

  /**
   * Looks for a local part only where one can begin, and bounds a quoted one: linear, whatever a
   * server says.
   */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:\"(?:[^\"\\\\]|\\\\.){0,130}+\"|(?<![^\\s<>\"(),;:@])[^\\s<>\"(),;:@]++)@[^\\s<>\"(),;]++");

  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

  private AddressMasking() {}

  public static String mask(String text) {
    String oneLine = hasControl(text) ? CONTROLS.matcher(text).replaceAll(" ") : text;
    String masked = oneLine.indexOf('@') < 0 ? oneLine : ADDRESS.matcher(oneLine).replaceAll("…");
    return Receipt.ServerReply.cut(masked);
  }

  /** As a rule none has, and a matcher is made for nothing. */
  private static boolean hasControl(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) == 0x7F) {
        return true;
      }
    }
    return false;
  }
}
