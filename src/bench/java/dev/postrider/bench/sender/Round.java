package dev.postrider.bench.sender;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What sending a number of mails took.
 *
 * @param nanos from the first mail to the last reply
 * @param cpuNanos CPU time of the sender's whole process
 * @param allocated bytes on the sender's heap; 0 if it has none
 */
record Round(int mails, long nanos, long cpuNanos, long allocated) {

  private static final String SEPARATOR = " ";

  /** As a child process tells it. */
  String line() {
    return String.join(
        SEPARATOR, Arrays.asList("" + mails, "" + nanos, "" + cpuNanos, "" + allocated));
  }

  static Round parse(String line) {
    long[] numbers = Arrays.stream(line.split(SEPARATOR)).mapToLong(Long::parseLong).toArray();
    return new Round((int) numbers[0], numbers[1], numbers[2], numbers[3]);
  }

  double mailsPerSecond() {
    return mails * 1e9 / nanos;
  }

  double cpuMicros() {
    return cpuNanos / 1e3 / mails;
  }

  double allocatedEach() {
    return (double) allocated / mails;
  }

  static <T> double median(List<T> rounds, ToDoubleFunction<T> property) {
    double[] values = rounds.stream().mapToDouble(property).sorted().toArray();
    return values[values.length / 2];
  }
}
