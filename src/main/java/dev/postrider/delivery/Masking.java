package dev.postrider.delivery;

import java.util.regex.Pattern;

/** Takes addresses out of what servers say, since they like to repeat them, and bounds the rest. */
final class Masking {

  private static final Pattern ADDRESS = Pattern.compile("[^\\s<>\"(),;:]+@[^\\s<>\"(),;:]+");
  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

  /** RFC 5321 §4.5.3.1.5 allows 512 octets; more helps nobody. */
  private static final int LENGTH_MAX = 512;

  private Masking() {}

  static String mask(String text) {
    String oneLine = CONTROLS.matcher(text).replaceAll(" ");
    String bounded = oneLine.substring(0, Math.min(oneLine.length(), LENGTH_MAX));
    return bounded.indexOf('@') < 0 ? bounded : ADDRESS.matcher(bounded).replaceAll("…");
  }
}
