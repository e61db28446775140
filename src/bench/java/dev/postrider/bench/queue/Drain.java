package dev.postrider.bench.queue;

import dev.postrider.bench.peer.Runner;
import dev.postrider.bench.process.BenchRedis;
import dev.postrider.bench.process.PostfixSink;
import dev.postrider.bench.process.Service;
import dev.postrider.bench.process.Usage;
import dev.postrider.bench.process.WaitTimes;
import java.io.IOException;
import java.time.Duration;

/**
 * One round of one worker: mails wait in a Redis of its own, the worker starts, warms up on the
 * first of them, and the rest is measured. It ends when the sink has every mail and the queue is
 * empty.
 */
final class Drain {

  /** Of a slow peer on a busy machine. */
  private static final Duration ROUND_MAX = Duration.ofMinutes(15);

  private record Reading(long at, long mails, long worker, long redis, long sink) {}

  private final Runner runner;
  private final int warmUp;
  private final int mails;

  Drain(Runner runner, int warmUp, int mails) {
    this.runner = runner;
    this.warmUp = warmUp;
    this.mails = mails;
  }

  TimedRound run(String sinkProgram) throws Exception {
    try (BenchRedis benchRedis = new BenchRedis()) {
      return run(sinkProgram, benchRedis);
    }
  }

  /** In a Redis that may hold more; its ready mail is sent, all else stays. */
  TimedRound run(String sinkProgram, BenchRedis benchRedis) throws Exception {
    try (PostfixSink sink = new PostfixSink(sinkProgram)) {
      runner.fill(benchRedis, warmUp + mails);
      benchRedis.awaitQuiet();
      try (Service worker = runner.start(benchRedis, sink.port())) {
        await(sink, warmUp, worker);
        Reading first = read(benchRedis, sink, worker);
        await(sink, warmUp + mails, worker);
        WaitTimes.until(() -> runner.left(benchRedis) == 0, ROUND_MAX, "The queue is not empty");
        Reading last = read(benchRedis, sink, worker);
        sink.mustHaveTaken(warmUp + mails);
        return measured(first, last, Usage.peakBytes(worker.handle()));
      }
    }
  }

  private void await(PostfixSink sink, long count, Service worker) throws Exception {
    WaitTimes.until(
        () -> arrived(sink, worker) >= count, ROUND_MAX, runner.name() + " has not sent all");
  }

  private static long arrived(PostfixSink sink, Service worker) throws IOException {
    worker.mustBeAlive();
    return sink.count();
  }

  private static Reading read(BenchRedis benchRedis, PostfixSink sink, Service worker)
      throws IOException {
    return new Reading(
        System.nanoTime(),
        sink.count(),
        Usage.cpuNanos(worker.handle()),
        Usage.cpuNanos(benchRedis.handle()),
        sink.cpuNanos());
  }

  private static TimedRound measured(Reading first, Reading last, long peak) {
    return new TimedRound(
        (int) (last.mails() - first.mails()),
        last.at() - first.at(),
        last.worker() - first.worker(),
        last.redis() - first.redis(),
        last.sink() - first.sink(),
        peak);
  }
}
