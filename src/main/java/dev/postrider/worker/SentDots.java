package dev.postrider.worker;

import dev.postrider.queue.Entry;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * The mails of an engine whose final dot was sent and whose outcome is not settled yet. Lives on
 * one event loop.
 */
final class SentDots {

  private final Set<Entry> unsettled = Collections.newSetFromMap(new IdentityHashMap<>());
  private Runnable onEmpty = () -> {};

  void add(Entry entry) {
    unsettled.add(entry);
  }

  void settled(Entry entry) {
    if (unsettled.remove(entry) && unsettled.isEmpty()) {
      onEmpty.run();
    }
  }

  /** Runs once all of them are settled; at once if there are none. */
  void onceSettled(Runnable then) {
    onEmpty = then;
    if (unsettled.isEmpty()) {
      then.run();
    }
  }
}
