package dev.postrider.smtp;

import dev.postrider.smtp.PoolState.Adaptation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What a server offers and was seen not to do: not used for an hour, then tried again, since
 * servers are repaired. One for all pools of a server, so that not each of them loses a mail to
 * find out. Thread-safe.
 */
public final class Workarounds {

  /** How long. */
  public static final Duration KEPT = Duration.ofHours(1);

  static final String CHUNKING = "CHUNKING";
  static final String PIPELINING = "PIPELINING";

  private final LongSupplier clock;
  private final Map<String, Fault> faults = new ConcurrentHashMap<>();
  private volatile WorkaroundListener listener;

  private record Fault(long at, String cause) {}

  /** Tells the listener once each time that one begins. */
  public Workarounds(WorkaroundListener listener) {
    this(DeadlineTimer.CLOCK, listener);
  }

  /**
   * @param clock monotonic, in milliseconds
   */
  Workarounds(LongSupplier clock, WorkaroundListener listener) {
    this.clock = clock;
    this.listener = listener;
  }

  /** The server failed with this. */
  void begin(String what, String cause) {
    long now = clock.getAsLong();
    forgetOld(now);
    if (faults.putIfAbsent(what, new Fault(now, cause)) == null) {
      listener.began(what, cause);
    }
  }

  /** Tells nothing more: connections that we cut ourselves say nothing about the server. */
  void end() {
    listener = WorkaroundListener.NONE;
  }

  /** Whether this is not to be used now. */
  boolean avoids(String what) {
    if (faults.isEmpty()) {
      return false;
    }
    forgetOld(clock.getAsLong());
    return faults.containsKey(what);
  }

  /** The extensions to use: those of the settings without those that failed. */
  Extensions allowed(Extensions configured) {
    if (faults.isEmpty()) {
      return configured;
    }
    return new Extensions(
        configured.pipelining() && !avoids(PIPELINING),
        configured.chunking() && !avoids(CHUNKING),
        configured.lookahead(),
        configured.reset(),
        configured.mechanisms());
  }

  /** Those of now, in the order of their names. */
  List<Adaptation> list() {
    long now = clock.getAsLong();
    forgetOld(now);
    return faults.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(
            fault ->
                new Adaptation(
                    fault.getKey(),
                    Duration.ofMillis(now - fault.getValue().at()),
                    fault.getValue().cause()))
        .toList();
  }

  private void forgetOld(long now) {
    faults.values().removeIf(fault -> now - fault.at() >= KEPT.toMillis());
  }
}
