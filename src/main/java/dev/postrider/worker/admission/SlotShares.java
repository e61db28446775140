package dev.postrider.worker.admission;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Shares the slots of one engine among its routes by progress; with one route there is nothing to
 * share.
 *
 * <p>A route may always hold its base share: an even part of half of the slots, at least one. It
 * may hold more, as many as the mails that its server has answered in the last two seconds, as long
 * as an eighth of all slots stays free for other routes. A mail beyond that has no slot, unless its
 * route has just begun or is so fast that one is free in a moment.
 *
 * <p>So routes that show no progress hold at most half of the slots, however many they are. Lives
 * on one event loop.
 */
final class SlotShares {

  /** A route that began less than this ago has had no time to show progress. */
  static final long BEGIN_NANOS = Progress.STEP_NANOS;

  /** Mails in half a second for each slot from which on a route counts as fast. */
  static final int FAST = 4;

  private final int capacity;
  private final int base;
  private final int reserve;
  private final LongSupplier nanoTime;
  private final Map<String, Share> shares = new LinkedHashMap<>();
  private int held;

  /** Whether a route has a slot for one more mail. */
  enum Room {
    FREE,
    /** In a moment. */
    SOON,
    NONE
  }

  /**
   * @param capacity slots of the engine
   */
  SlotShares(int capacity, Collection<String> routes, LongSupplier nanoTime) {
    this.capacity = capacity;
    this.base = Math.max(1, capacity / (2 * routes.size()));
    this.reserve = Math.max(1, capacity / 8);
    this.nanoTime = nanoTime;
    routes.forEach(route -> shares.put(route, new Share()));
  }

  Share of(String route) {
    return shares.get(route);
  }

  /** The slots of one route. */
  final class Share {

    private final Progress progress = new Progress();
    private int taken;
    private long beganAt;

    Room room() {
      long now = nanoTime.getAsLong();
      if (shares.size() == 1 || taken < base) {
        return Room.FREE;
      }
      if (taken < progress.recent(now) && held < capacity - reserve) {
        return Room.FREE;
      }
      boolean begins = now - beganAt < BEGIN_NANOS;
      return begins || progress.latest(now) >= FAST * capacity ? Room.SOON : Room.NONE;
    }

    void take() {
      if (taken == 0) {
        beganAt = nanoTime.getAsLong();
      }
      taken++;
      held++;
    }

    /**
     * @param answered whether the server answered for the mail's own sake
     */
    void release(boolean answered) {
      taken--;
      held--;
      if (answered && shares.size() > 1) {
        progress.ended(nanoTime.getAsLong());
      }
    }

    /** Slots that it holds beyond its share, because it has become slower. */
    int excess() {
      int share = Math.max(base, progress.recent(nanoTime.getAsLong()));
      return shares.size() == 1 ? 0 : Math.max(0, taken - share);
    }

    /** Mails that its server has answered in the last two seconds. */
    int recent() {
      return progress.recent(nanoTime.getAsLong());
    }

    /** Slots that it holds now. */
    int taken() {
      return taken;
    }
  }
}
