package dev.postrider.bench.queue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What sending a number of waiting mails took.
 *
 * @param nanos from the first measured mail to the last
 * @param workerNanos CPU time of the worker, its children included
 * @param redisNanos CPU time of Redis
 * @param sinkNanos CPU time of the mail server
 * @param peakBytes the most memory of the worker that was resident at once
 */
record TimedRound(
    int mails, long nanos, long workerNanos, long redisNanos, long sinkNanos, long peakBytes) {

  static final String RATE = "mails/s";
  static final String CPU = "CPU of the worker per mail, µs";
  static final String MEMORY = "memory at its peak, MiB";

  private static final double MIB = 1_048_576;

  /** Its figures by their names in tables. */
  static Map<String, ToDoubleFunction<TimedRound>> figures() {
    Map<String, ToDoubleFunction<TimedRound>> figures = new LinkedHashMap<>();
    figures.put(RATE, TimedRound::perSecond);
    figures.put(CPU, TimedRound::workerMicros);
    figures.put("CPU of Redis per mail, µs", TimedRound::redisMicros);
    figures.put("CPU of the sink per mail, µs", TimedRound::sinkMicros);
    figures.put(MEMORY, TimedRound::peakMib);
    return figures;
  }

  double perSecond() {
    return mails * 1e9 / nanos;
  }

  double workerMicros() {
    return workerNanos / 1e3 / mails;
  }

  double redisMicros() {
    return redisNanos / 1e3 / mails;
  }

  double sinkMicros() {
    return sinkNanos / 1e3 / mails;
  }

  double peakMib() {
    return peakBytes / MIB;
  }

  @Override
  public String toString() {
    return "%,8.0f mails/s; CPU a mail: worker %,8.1f µs, Redis %6.1f µs, sink %6.1f µs; %4.0f MiB"
        .formatted(perSecond(), workerMicros(), redisMicros(), sinkMicros(), peakMib());
  }
}
