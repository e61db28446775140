package dev.postrider.chaos.run;

import java.util.Locale;

/** How much is done: in every build, in the long run ({@code -Dchaos=full}), as a soak. */
public enum Scale {
  GATE,
  FULL,
  SOAK;

  private static final String SCALE = "chaos";
  private static final String AT_ONCE = "chaos.at-once";
  private static final String PART = "chaos.part";
  private static final String SEED = "chaos.seed";

  /** What {@code -Dchaos} asks for; by default the short run. */
  public static Scale chosen() {
    return valueOf(System.getProperty(SCALE, GATE.name()).toUpperCase(Locale.ROOT));
  }

  /**
   * Scenarios played at the same time: the large ones need the machine for themselves, or {@code
   * -Dchaos.at-once} says otherwise.
   */
  public int atOnce() {
    return Integer.getInteger(AT_ONCE, this == GATE ? 3 : 1);
  }

  /** {@code -Dchaos.part=4} plays a quarter. */
  static int divisor() {
    return Integer.getInteger(PART, 1);
  }

  /** What {@code -Dchaos.seed} asks for; by default a new one. */
  public static long seed() {
    String given = System.getProperty(SEED, "");
    return given.isEmpty() ? System.nanoTime() % 1_000_000 : Long.parseLong(given);
  }
}
