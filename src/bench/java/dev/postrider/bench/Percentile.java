package dev.postrider.bench;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/** Values in order, and which stands at a given part of the way. */
public final class Percentile {

  private Percentile() {}

  /**
   * @param part 0 to 1
   */
  public static double of(double part, Collection<? extends Number> values) {
    double[] sorted = values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
  }

  public static <T> double median(Collection<T> rounds, ToDoubleFunction<T> property) {
    return of(0.5, rounds.stream().mapToDouble(property).boxed().toList());
  }
}
