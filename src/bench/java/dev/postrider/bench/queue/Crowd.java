package dev.postrider.bench.queue;

import dev.postrider.bench.Figure.Goal;
import dev.postrider.bench.Percentile;
import dev.postrider.bench.Report;
import dev.postrider.bench.peer.Postrider;
import dev.postrider.bench.plot.Bars;
import dev.postrider.bench.process.PackagedWorker;
import dev.postrider.bench.process.Patience;
import dev.postrider.bench.process.PostfixSink;
import dev.postrider.bench.process.Service;
import dev.postrider.bench.process.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Very many mails in one queue, and a few in another that shall not wait for them; one worker for
 * both. All must be sent.
 */
final class Crowd {

  static final String BULK = "bulk";
  static final String OTHER = "transactional";

  private static final String WAIT = "wait of other mail, ";
  private static final String TAIL = "p99";
  private static final Map<String, Double> PARTS =
      new TreeMap<>(Map.of("p50", 0.5, "p90", 0.9, TAIL, 0.99, "the longest", 1.0));

  private static final Duration SEND_MAX = Duration.ofMinutes(20);

  private final Store store;
  private final PostfixSink sink;

  Crowd(Store store, PostfixSink sink) {
    this.store = store;
    this.sink = sink;
  }

  /**
   * Runs until all is sent.
   *
   * @param crowd how many mails the crowded queue holds, or will when they are due
   * @param warmUp mails in the other queue before the clock starts
   * @param release lets the crowd go, once the worker is warm
   * @return how long each further mail of the other queue waited, in ms
   */
  List<Long> waits(int crowd, int warmUp, Runnable release) throws Exception {
    Map<String, String> settings = Map.of("POSTRIDER_QUEUES", BULK + "," + OTHER);
    store.load(warmUp, number -> Postrider.add(OTHER, octets(number)));
    try (Service worker = PackagedWorker.start(store.url(), sink.port(), settings)) {
      await(warmUp, worker);
      release.run();
      Trickle trickle = new Trickle(store, OTHER).start();
      try (trickle) {
        await(warmUp + crowd, worker);
      }
      Patience.until(this::empty, SEND_MAX, "The queues are not empty");
      sink.mustHaveTaken(warmUp + crowd + trickle.mails());
      return trickle.waits();
    }
  }

  static byte[] octets(int number) {
    return Scheduled.small(number).getBytes(StandardCharsets.UTF_8);
  }

  /** Counts both queues; the trickle's own are few against the crowd. */
  private void await(long count, Service worker) throws Exception {
    Patience.until(() -> arrived(worker) >= count, SEND_MAX, "Not all mails were sent");
  }

  private long arrived(Service worker) throws IOException {
    worker.mustBeAlive();
    return sink.count();
  }

  private boolean empty() {
    return Postrider.left(store.client(), BULK) == 0 && Postrider.left(store.client(), OTHER) == 0;
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
