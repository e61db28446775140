package dev.postrider.bench.queue;

import dev.postrider.bench.peer.Postrider;
import dev.postrider.bench.peer.Runner;
import dev.postrider.bench.process.BenchRedis;
import dev.postrider.bench.process.Service;

/**
 * Postrider where other mail of the same queue waits for a later time.
 *
 * @param parked how many wait; they stay
 */
record BesideSchedule(String name, int parked) implements Runner {

  @Override
  public void fill(BenchRedis benchRedis, int mails) {
    Postrider.own().fill(benchRedis, mails);
  }

  @Override
  public Service start(BenchRedis benchRedis, int sink) {
    return Postrider.own().start(benchRedis, sink);
  }

  /** Each of those that stay is in the sorted set and in the hash. */
  @Override
  public long left(BenchRedis benchRedis) {
    return Postrider.own().left(benchRedis) - 2L * parked;
  }
}
