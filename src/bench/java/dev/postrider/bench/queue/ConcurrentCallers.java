package dev.postrider.bench.queue;

import dev.postrider.bench.Figure.Goal;
import dev.postrider.bench.Percentile;
import dev.postrider.bench.Report;
import dev.postrider.bench.chart.Bars;
import dev.postrider.bench.peer.Postrider;
import dev.postrider.bench.process.BenchRedis;
import dev.postrider.bench.process.PackagedWorker;
import dev.postrider.bench.process.PostfixSink;
import dev.postrider.bench.process.Service;
import dev.postrider.bench.process.Stalls;
import dev.postrider.bench.process.WaitTimes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Very many mails in one queue, and a few in another that shall not wait for them; one worker for
 * both. All must be sent.
 */
final class ConcurrentCallers {

  static final String BULK = "bulk";
  static final String OTHER = "transactional";

  private static final String WAIT = "wait of other mail, ";
  private static final String TAIL = "p99";
  private static final Map<String, Double> PARTS =
      new TreeMap<>(Map.of("p50", 0.5, "p90", 0.9, TAIL, 0.99, "the longest", 1.0));

  private static final Duration SEND_MAX = Duration.ofMinutes(20);

  private final BenchRedis benchRedis;
  private final PostfixSink sink;

  private final List<String> notes = new ArrayList<>();
  private final List<Double> scripts = new ArrayList<>();

  ConcurrentCallers(BenchRedis benchRedis, PostfixSink sink) {
    this.benchRedis = benchRedis;
    this.sink = sink;
  }

  /**
   * Runs until all is sent.
   *
   * @param backlog how many mails the full queue holds, or will when they are due
   * @param warmUp mails in the other queue before the clock starts
   * @param release lets the backlog go, once the worker is warm
   * @return how long each further mail of the other queue waited, in ms
   */
  List<Long> waits(int backlog, int warmUp, Runnable release) throws Exception {
    Map<String, String> settings =
        Map.of("POSTRIDER_QUEUES", BULK + "," + OTHER, "JAVA_TOOL_OPTIONS", Stalls.TOLD_BY_JVM);
    benchRedis.load(warmUp, number -> Postrider.add(OTHER, json(number)));
    try (Service worker = PackagedWorker.start(benchRedis.url(), sink.port(), settings)) {
      await(warmUp, worker);
      // Else its own warm-up, which shares the worker with the backlog, would be what it waits for.
      WaitTimes.until(() -> empty(OTHER), SEND_MAX, "The other queue is not empty");
      release.run();
      Stalls stalls = Stalls.watch(benchRedis);
      SlowProducer slowProducer = new SlowProducer(benchRedis, OTHER).start();
      try (slowProducer) {
        await(warmUp + backlog, worker);
      }
      WaitTimes.until(this::empty, SEND_MAX, "The queues are not empty");
      scripts.addAll(stalls.scripts());
      notes.addAll(stalls.ofRedis());
      notes.addAll(Stalls.ofWorker(worker.log()));
      sink.mustHaveTaken(warmUp + backlog + slowProducer.mails());
      return slowProducer.waits();
    }
  }

  /** What caused delays during the run, a line each. */
  List<String> notes() {
    return notes;
  }

  /** In ms, of each script that was not short. */
  List<Double> scripts() {
    return scripts;
  }

  static byte[] json(int number) {
    return Scheduled.small(number).getBytes(StandardCharsets.UTF_8);
  }

  /** Counts both queues; the slow producer's own are few against the backlog. */
  private void await(long count, Service worker) throws Exception {
    WaitTimes.until(() -> arrived(worker) >= count, SEND_MAX, "Not all mails were sent");
  }

  private long arrived(Service worker) throws IOException {
    worker.mustBeAlive();
    return sink.count();
  }

  private boolean empty() {
    return empty(BULK) && empty(OTHER);
  }

  private boolean empty(String queue) {
    return Postrider.left(benchRedis.client(), queue) == 0;
  }

  /** The waits of the round that has just ended, and what may explain them. */
  static void tellRound(
      Report report, int round, List<List<Long>> rounds, ConcurrentCallers concurrentCallers) {
    List<Long> waits = rounds.get(round - 1);
    report.note(
        "Round %d: %,d waits, p99 %.0f ms, longest %.0f ms"
            .formatted(round, waits.size(), Percentile.of(0.99, waits), Percentile.of(1, waits)));
    concurrentCallers.notes.forEach(note -> report.note("Round %d: %s".formatted(round, note)));
  }

  /** Median and tail of what was waited in each round. */
  static void tell(Report report, String row, List<List<Long>> rounds, int goal) {
    Map<String, Double> waits = new LinkedHashMap<>();
    PARTS.forEach((name, part) -> waits.put(name, at(part, rounds)));
    waits.forEach((name, wait) -> report.add(row, WAIT + name + ", ms", wait, goal(name, goal)));
    report.draw("waits", new Bars(row + ": " + WAIT + "ms", waits));
  }

  private static double at(double part, List<List<Long>> rounds) {
    return Percentile.median(rounds, waits -> Percentile.of(part, waits));
  }

  private static Optional<Goal> goal(String name, int bound) {
    return name.equals(TAIL) ? Optional.of(Goal.atMost(bound)) : Optional.empty();
  }
}
