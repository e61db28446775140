package dev.postrider.delivery;

import java.util.regex.Pattern;

/** Takes addresses out of what servers say, since they like to repeat them, and bounds the rest. */
public final class AddressMasking {

  /** Looks for a local part only where one can begin: linear, whatever a server says. */
  private static final Pattern ADDRESS =
      Pattern.compile("(?:\"[^\"]*+\"|(?<![^\\s<>\"(),;:@])[^\\s<>\"(),;:@]++)@[^\\s<>\"(),;]++");

  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

  /** RFC 5321 §4.5.3.1.5 allows 512 bytes. */
  private static final int LENGTH_MAX = 512;

  private AddressMasking() {}

  public static String mask(String text) {
    String oneLine = hasControl(text) ? CONTROLS.matcher(text).replaceAll(" ") : text;
    String masked = oneLine.indexOf('@') < 0 ? oneLine : ADDRESS.matcher(oneLine).replaceAll("…");
    return masked.length() <= LENGTH_MAX ? masked : cut(masked);
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

  /** Between two characters, not within one that takes two {@code char}s. */
  private static String cut(String text) {
    boolean within = Character.isHighSurrogate(text.charAt(LENGTH_MAX - 1));
    return text.substring(0, within ? LENGTH_MAX - 1 : LENGTH_MAX);
  }
}
