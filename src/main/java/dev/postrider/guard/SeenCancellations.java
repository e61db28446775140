package dev.postrider.guard;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The versions of the topics {@code mail/<id>} by which mails were cancelled, until those mails
 * have ended. Lives on one event loop.
 */
final class SeenCancellations {

  /** Of mails that another worker ended, some are never asked for: the oldest are dropped. */
  static final int MAX = 10_000;

  private final Map<String, String> versions =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MAX;
        }
      };

  void add(String topic, String version) {
    versions.put(topic, version);
  }

  /** The version that was seen last, once. */
  Optional<String> take(String topic) {
    return Optional.ofNullable(versions.remove(topic));
  }
}
