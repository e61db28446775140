package dev.postrider.bench.sender;

import dev.postrider.bench.Report;
import java.nio.file.Path;

/**
 * Measures the SMTP sender beside vertx-mail-client and Postfix's own load generator, over the
 * loopback and over a slow line, and what ten thousand open connections cost. Prints one table and
 * writes it to {@code target/bench/sender.json}.
 *
 * <p>Every sender is a process of its own, so that its CPU time is its own. Senders take turns,
 * round by round; each figure is the median of {@value #ROUNDS} rounds after the warm-up. Every
 * round ends with a count of what the server took: a mail too few or too many stops the run.
 */
public final class SenderBench {

  private static final int ROUNDS = 5;

  private SenderBench() {}

  /** Argument: rounds that count ({@value #ROUNDS}). */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : ROUNDS;
    Report report = new Report();
    new ThroughputRows(report, rounds).measure();
    new LatencyRows(report, rounds).measure();
    new MemoryRows(report).measure();
    report.print(System.out);
    report.write(Path.of("target", "bench"), "sender");
    System.exit(0);
  }
}
