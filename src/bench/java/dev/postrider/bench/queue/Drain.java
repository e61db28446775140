package dev.postrider.bench.queue;

import dev.postrider.bench.peer.Runner;
import dev.postrider.bench.process.Patience;
import dev.postrider.bench.process.PostfixSink;
import dev.postrider.bench.process.Service;
import dev.postrider.bench.process.Store;
import dev.postrider.bench.process.Usage;
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

  Lap run(String sinkProgram) throws Exception {
    try (Store store = new Store()) {
      return run(sinkProgram, store);
    }
  }

  /** In a Redis that may hold more; its ready mail is sent, all else stays. */
  Lap run(String sinkProgram, Store store) throws Exception {
    try (PostfixSink sink = new PostfixSink(sinkProgram)) {
      runner.fill(store, warmUp + mails);
      store.awaitQuiet();
      try (Service worker = runner.start(store, sink.port())) {
        await(sink, warmUp, worker);
        Reading first = read(store, sink, worker);
        await(sink, warmUp + mails, worker);
        Patience.until(() -> runner.left(store) == 0, ROUND_MAX, "The queue is not empty");
        Reading last = read(store, sink, worker);
        sink.mustHaveTaken(warmUp + mails);
        return lap(first, last, Usage.peakOctets(worker.handle()));
      }
    }
  }

  private void await(PostfixSink sink, long count, Service worker) throws Exception {
    Patience.until(
        () -> arrived(sink, worker) >= count, ROUND_MAX, runner.name() + " has not sent all");
  }

  private static long arrived(PostfixSink sink, Service worker) throws IOException {
    worker.mustBeAlive();
    return sink.count();
  }

  private static Reading read(Store store, PostfixSink sink, Service worker) throws IOException {
    return new Reading(
        System.nanoTime(),
        sink.count(),
        Usage.cpuNanos(worker.handle()),
        Usage.cpuNanos(store.handle()),
        sink.cpuNanos());
  }

  private static Lap lap(Reading first, Reading last, long peak) {
    return new Lap(
        (int) (last.mails() - first.mails()),
        last.at() - first.at(),
        last.worker() - first.worker(),
        last.redis() - first.redis(),
        last.sink() - first.sink(),
        peak);
  }
}
