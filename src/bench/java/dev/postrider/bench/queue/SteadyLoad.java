package dev.postrider.bench.queue;

import dev.postrider.bench.peer.Postrider;
import dev.postrider.bench.process.BenchRedis;
import dev.postrider.bench.process.PackagedWorker;
import dev.postrider.bench.process.Service;
import dev.postrider.bench.process.SlowSink;
import dev.postrider.bench.process.Usage;
import dev.postrider.bench.process.WaitTimes;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * Postrider before a server that is slow rather than busy: what it does in a second once it is up
 * to speed, and what it takes.
 */
final class SteadyLoad {

  private static final Duration END_MAX = Duration.ofMinutes(10);

  /**
   * @param perSecond mails the server took, each second
   * @param microsEach CPU time of the worker for each mail
   * @param peakBytes most resident memory of the worker
   * @param threads of the worker
   */
  record Pace(double perSecond, double microsEach, long peakBytes, long threads) {}

  private final Map<String, String> settings;
  private final int warmUp;
  private final int mails;

  /**
   * @param settings of the worker
   * @param warmUp mails before the clock starts
   * @param mails while it runs; as many as the warm-up follow, so that the end is not measured
   */
  SteadyLoad(Map<String, String> settings, int warmUp, int mails) {
    this.settings = settings;
    this.warmUp = warmUp;
    this.mails = mails;
  }

  /**
   * @param port where the worker finds the server, or what stands before it
   */
  Pace run(SlowSink sink, int port) throws Exception {
    long before = sink.count();
    try (BenchRedis benchRedis = new BenchRedis()) {
      Postrider.own().fill(benchRedis, mails + 2 * warmUp);
      benchRedis.awaitQuiet();
      try (Service worker = PackagedWorker.start(benchRedis.url(), port, settings)) {
        await(sink, before + warmUp, worker);
        Pace pace = measure(sink, before + warmUp + mails, worker);
        await(sink, before + mails + 2L * warmUp, worker);
        WaitTimes.until(
            () -> Postrider.own().left(benchRedis) == 0, END_MAX, "The queue is not empty");
        mustBe(before + mails + 2L * warmUp, sink.count());
        return pace;
      }
    }
  }

  private static Pace measure(SlowSink sink, long end, Service worker) throws Exception {
    long first = sink.count();
    long start = System.nanoTime();
    long cpu = Usage.cpuNanos(worker.handle());
    await(sink, end, worker);
    long taken = sink.count() - first;
    return new Pace(
        taken * 1e9 / (System.nanoTime() - start),
        (Usage.cpuNanos(worker.handle()) - cpu) / 1e3 / taken,
        Usage.peakBytes(worker.handle()),
        Usage.threads(worker.handle()));
  }

  private static void await(SlowSink sink, long count, Service worker) throws Exception {
    WaitTimes.until(() -> arrived(sink, worker) >= count, END_MAX, "Not all mails were sent");
  }

  private static long arrived(SlowSink sink, Service worker) throws IOException {
    worker.mustBeAlive();
    return sink.count();
  }

  private static void mustBe(long wanted, long taken) {
    if (taken != wanted) {
      throw new IllegalStateException("The sink took " + taken + " mails, not " + wanted);
    }
  }
}
