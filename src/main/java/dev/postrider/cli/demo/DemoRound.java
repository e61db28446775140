package dev.postrider.cli.demo;

import java.time.Duration;

/**
 * What one round of a trial showed.
 *
 * @param mails that were enqueued
 * @param arrived distinct ones that the sink received
 * @param surplus those that it received once more
 * @param span from the first to the last that arrived
 * @param cpu processor time of the worker meanwhile
 */
public record DemoRound(int mails, int arrived, int surplus, Duration span, Duration cpu) {

  boolean exact() {
    return arrived == mails && surplus == 0;
  }

  double rate() {
    return arrived / (span.toNanos() / 1e9);
  }

  /** Of the worker, per mail, in µs. */
  double cpuMicros() {
    return cpu.toNanos() / 1e3 / Math.max(1, arrived);
  }
}
