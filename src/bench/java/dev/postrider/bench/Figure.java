package dev.postrider.bench;

import java.util.Optional;

/**
 * One measured number and what was hoped for.
 *
 * @param row what was measured
 * @param name which of its properties
 * @param goal empty for a number that is only told
 */
public record Figure(String row, String name, double value, Optional<Goal> goal) {

  /** A bound that the value must not cross. */
  public record Goal(double bound, boolean isMinimum) {

    public static Goal atLeast(double bound) {
      return new Goal(bound, true);
    }

    public static Goal atMost(double bound) {
      return new Goal(bound, false);
    }

    boolean met(double value) {
      return isMinimum ? value >= bound : value <= bound;
    }
  }

  Optional<Boolean> met() {
    return goal.map(aim -> aim.met(value));
  }
}
