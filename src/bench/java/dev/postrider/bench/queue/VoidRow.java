package dev.postrider.bench.queue;

import dev.postrider.bench.Figure.Goal;
import dev.postrider.bench.Percentile;
import dev.postrider.bench.Report;
import dev.postrider.bench.Row;
import dev.postrider.bench.Sizes;
import dev.postrider.bench.peer.Postrider;
import dev.postrider.bench.peer.SidekiqSet;
import dev.postrider.bench.process.BenchRedis;
import dev.postrider.bench.process.PackagedWorker;
import dev.postrider.bench.process.Service;
import dev.postrider.bench.process.SlowSink;
import dev.postrider.bench.process.WaitTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A million scheduled mails are no longer wanted: one counter is raised, and none of them leaves.
 */
public final class VoidRow implements Row {

  private static final String ROW = "void";
  private static final String TOPIC = "offer:123";
  private static final Duration SKIP_MAX = Duration.ofMinutes(15);
  private static final int OTHERS = 10_000;

  @Override
  public void measure(Sizes sizes, Report report) throws Exception {
    int mails = sizes.number("mails", 1_000_000, 1_000);
    try (BenchRedis benchRedis = new BenchRedis();
        SlowSink sink = new SlowSink(0)) {
      new Scheduled(benchRedis, Postrider.QUEUE, VoidRow::guarded).park(0, mails, number -> 1);
      benchRedis.awaitQuiet();
      bumpOthers(benchRedis); // The JVM that measures has to warm up as well.
      List<List<Double>> others = new ArrayList<>();
      for (int round = 1; round <= sizes.rounds(); round++) {
        others.add(bumpOthers(benchRedis));
      }
      report.add(
          ROW, "voiding %,d mails, ms".formatted(mails), bump(benchRedis, TOPIC), Goal.atMost(1));
      report.add(ROW, "voiding another topic, p50, ms", at(0.5, others));
      report.add(ROW, "voiding another topic, p99, ms", at(0.99, others), Goal.atMost(1));
      skipAll(benchRedis, sink, mails, report);
    }
    besideScan(sizes, report);
  }

  private static double at(double part, List<List<Double>> rounds) {
    return Percentile.median(rounds, millis -> Percentile.of(part, millis));
  }

  private static List<Double> bumpOthers(BenchRedis benchRedis) {
    return IntStream.range(0, OTHERS)
        .mapToObj(number -> bump(benchRedis, "offer:other-" + number))
        .toList();
  }

  private static String guarded(int number) {
    return Scheduled.small(number, ",\"only_if\":{\"%s\":0}".formatted(TOPIC));
  }

  /** Milliseconds from the command to its reply. */
  private static double bump(BenchRedis benchRedis, String topic) {
    long start = System.nanoTime();
    benchRedis.client().command("HINCRBY", "mail:guards", topic, 1);
    return (System.nanoTime() - start) / 1e6;
  }

  /** All of them have been due for long; a worker must skip each and send none. */
  private static void skipAll(BenchRedis benchRedis, SlowSink sink, int mails, Report report)
      throws Exception {
    try (Service worker = PackagedWorker.start(benchRedis.url(), sink.port(), Map.of())) {
      WaitTimes.until(() -> skipped(benchRedis) > 0, SKIP_MAX, "The worker skips nothing");
      long first = skipped(benchRedis);
      long start = System.nanoTime();
      WaitTimes.until(
          () -> Postrider.own().left(benchRedis) == 0, SKIP_MAX, "Voided mail is still there");
      double seconds = (System.nanoTime() - start) / 1e9;
      worker.mustBeAlive();
      report.add(ROW, "voided mails skipped/s once due", (mails - first) / seconds);
    }
    if (sink.count() != 0 || skipped(benchRedis) != mails) {
      throw new IllegalStateException(
          sink.count() + " voided mails were sent, " + skipped(benchRedis) + " skipped");
    }
  }

  private static long skipped(BenchRedis benchRedis) {
    Object count =
        benchRedis.client().command("HGET", Postrider.key(Postrider.QUEUE, "totals"), "skipped");
    return count == null ? 0 : Long.parseLong((String) count);
  }

  private static void besideScan(Sizes sizes, Report report) throws Exception {
    int entries = sizes.number("sidekiq", 1_000_000, 1_000);
    if (!SidekiqSet.installed()) {
      report.skip("scan and remove", "ruby-sidekiq is not installed");
      return;
    }
    try (BenchRedis benchRedis = new BenchRedis()) {
      SidekiqSet set = new SidekiqSet(benchRedis);
      set.fill(entries, TOPIC);
      benchRedis.awaitQuiet();
      double seconds = set.scanAndRemove(TOPIC);
      report.add(ROW, "Sidekiq: scanning and removing %,d, ms".formatted(entries), seconds * 1e3);
    }
  }
}
