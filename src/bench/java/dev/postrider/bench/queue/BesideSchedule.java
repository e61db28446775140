package dev.postrider.bench.queue;

import dev.postrider.bench.peer.Postrider;
import dev.postrider.bench.peer.Runner;
import dev.postrider.bench.process.Service;
import dev.postrider.bench.process.Store;

/**
 * Postrider where other mail of the same queue waits for a later time.
 *
 * @param parked how many wait; they stay
 */
record BesideSchedule(String name, int parked) implements Runner {

  @Override
  public void fill(Store store, int mails) {
    Postrider.own().fill(store, mails);
  }

  @Override
  public Service start(Store store, int sink) {
    return Postrider.own().start(store, sink);
  }

  /** Each of those that stay is in the sorted set and in the hash. */
  @Override
  public long left(Store store) {
    return Postrider.own().left(store) - 2L * parked;
  }
}
