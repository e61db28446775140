package dev.postrider.cli.demo;

import java.time.Duration;

/**
 * The result of one round.
 *
 * @param mails that were added to the queue
 * @param arrived mails that arrived at least once
 * @param surplus mails that arrived once more
 * @param span between the first and the last arrival
 * @param cpu CPU time of the worker
 */
public record DemoRound(int mails, int arrived, int surplus, Duration span, Duration cpu) {

  boolean exact() {
    return arrived == mails && surplus == 0;
  }

  double rate() {
    return arrived / (span.toNanos() / 1e9);
  }

  /** CPU time of the worker for each mail, in µs. */
  double cpuMicros() {
    return cpu.toNanos() / 1e3 / Math.max(1, arrived);
  }
}
