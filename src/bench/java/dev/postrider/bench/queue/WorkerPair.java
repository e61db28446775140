package dev.postrider.bench.queue;

import dev.postrider.bench.process.PackagedWorker;
import dev.postrider.bench.process.PostfixSink;
import dev.postrider.bench.process.Service;
import dev.postrider.bench.process.WaitTimes;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Two workers, each before a sink of its own, so that its work can be counted. */
final class WorkerPair implements AutoCloseable {

  private static final Duration SEND_MAX = Duration.ofMinutes(10);

  /** Long enough for both to be up before the mail comes. */
  private static final Duration START_MAX = Duration.ofMinutes(1);

  /**
   * Who sent how much.
   *
   * @param perSecond of both
   */
  record Shares(long one, long other, double perSecond) {

    /** What the less loaded one did, of half of it all. */
    double lessLoaded() {
      return 2.0 * Math.min(one, other) / (one + other);
    }
  }

  /** Fills the queues while both workers wait. */
  interface Filling {
    void fill() throws Exception;
  }

  private final PostfixSink one;
  private final PostfixSink other;

  WorkerPair(String sinkProgram) throws Exception {
    one = new PostfixSink(sinkProgram);
    other = new PostfixSink(sinkProgram);
  }

  /** Settings for a single Redis. */
  static Map<String, String> on(String url) {
    return Map.of("QUARKUS_REDIS_HOSTS", url);
  }

  Shares run(Map<String, String> redis, int mails, Filling filling, LongSupplier left)
      throws Exception {
    try (Service first = start(redis, "one", one);
        Service second = start(redis, "other", other)) {
      WaitTimes.until(() -> up(first) && up(second), START_MAX, "The workers do not start");
      long start = System.nanoTime();
      filling.fill();
      WaitTimes.until(() -> arrived(first, second) >= mails, SEND_MAX, "Not all mails were sent");
      double seconds = (System.nanoTime() - start) / 1e9;
      WaitTimes.until(() -> left.getAsLong() == 0, SEND_MAX, "The queues are not empty");
      if (arrived(first, second) != mails) {
        throw new IllegalStateException("The sinks took " + arrived(first, second) + " mails");
      }
      return new Shares(one.count(), other.count(), mails / seconds);
    }
  }

  private static Service start(Map<String, String> redis, String name, PostfixSink sink) {
    Map<String, String> more = new HashMap<>(redis);
    more.put("POSTRIDER_NAME", name);
    return PackagedWorker.start(redis.get("QUARKUS_REDIS_HOSTS"), sink.port(), more);
  }

  /** Quarkus says so once all that starts with it has started. */
  private static boolean up(Service worker) {
    worker.mustBeAlive();
    return worker.log().contains("Installed features");
  }

  private long arrived(Service first, Service second) throws IOException {
    first.mustBeAlive();
    second.mustBeAlive();
    return one.count() + other.count();
  }

  @Override
  public void close() throws IOException {
    one.close();
    other.close();
  }
}
