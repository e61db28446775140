package dev.postrider.worker;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Queues that Redis refuses to read: left alone for a while, so that the others go on undisturbed.
 */
final class Infirmary {

  private static final Logger LOG = Logger.getLogger(Infirmary.class);
  private static final Duration STAY = Duration.ofSeconds(5);

  private final Map<String, Long> dischargeAt = new HashMap<>();
  private final Map<String, String> lastComplaint = new HashMap<>();

  /** True if the fault lies with one queue: a key of the wrong type, a right that is missing. */
  static boolean treats(String complaint) {
    return complaint.startsWith("WRONGTYPE") || complaint.startsWith("NOPERM");
  }

  void admit(String queue, String complaint) {
    dischargeAt.put(queue, System.nanoTime() + STAY.toNanos());
    if (!complaint.equals(lastComplaint.put(queue, complaint))) {
      LOG.warnf(
          "Queue %s cannot be read: %s. Its mail waits; the other queues go on. Mend it in Redis;"
              + " it is tried again every %d s.",
          queue, complaint, STAY.toSeconds());
    }
  }

  Set<String> patients() {
    long now = System.nanoTime();
    dischargeAt.values().removeIf(at -> at - now <= 0);
    return Set.copyOf(dischargeAt.keySet());
  }
}
