package dev.postrider.smtp;

import dev.postrider.smtp.PoolState.Adaptation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What a server offers and was seen not to do: not used for an hour, then tried again, since
 * servers are repaired. One per pool; not thread-safe.
 */
final class Workarounds {

  static final Duration KEPT = Duration.ofHours(1);

  static final String CHUNKING = "CHUNKING";
  static final String PIPELINING = "PIPELINING";

  private final LongSupplier clock;
  private WorkaroundListener listener;
  private final Map<String, Fault> faults = new LinkedHashMap<>();

  private record Fault(long at, String cause) {}

  /**
   * @param clock monotonic, in milliseconds
   */
  Workarounds(LongSupplier clock, WorkaroundListener listener) {
    this.clock = clock;
    this.listener = listener;
  }

  /** The server failed with this. */
  void begin(String what, String cause) {
    if (!avoids(what)) {
      faults.put(what, new Fault(clock.getAsLong(), cause));
      listener.began(what, cause);
    }
  }

  /** Tells nothing more: connections that we cut ourselves say nothing about the server. */
  void end() {
    listener = WorkaroundListener.NONE;
  }

  /** Whether this is not to be used now. */
  boolean avoids(String what) {
    return !faults.isEmpty() && active().containsKey(what);
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

  List<Adaptation> list() {
    long now = clock.getAsLong();
    return active().entrySet().stream()
        .map(
            fault ->
                new Adaptation(
                    fault.getKey(),
                    Duration.ofMillis(now - fault.getValue().at()),
                    fault.getValue().cause()))
        .toList();
  }

  private Map<String, Fault> active() {
    long now = clock.getAsLong();
    faults.values().removeIf(fault -> now - fault.at() >= KEPT.toMillis());
    return faults;
  }
}
