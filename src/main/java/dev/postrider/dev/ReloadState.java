package dev.postrider.dev;

import dev.postrider.dev.inbox.InboxMail;
import io.quarkus.dev.console.DevConsoleManager;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;

/**
 * The state that survives live reload. Each reload has new class loaders, so it has JDK types only.
 *
 * @param running has no permit while the application runs or drains
 * @param mails number → mail, as {@link InboxMail#toMap} writes it
 * @param ports by name
 */
public record ReloadState(
    Semaphore running, NavigableMap<Long, Map<String, Object>> mails, Map<String, Integer> ports) {

  private static final String NAME = "postrider.session";

  /** That of this Java process. */
  public static synchronized ReloadState shared() {
    Map<String, Object> values = DevConsoleManager.getGlobal(NAME);
    if (values == null) {
      values = new ConcurrentHashMap<>();
      DevConsoleManager.setGlobal(NAME, values);
    }
    return of(values);
  }

  @SuppressWarnings("unchecked")
  private static ReloadState of(Map<String, Object> values) {
    return new ReloadState(
        (Semaphore) values.computeIfAbsent("running", name -> new Semaphore(1)),
        (NavigableMap<Long, Map<String, Object>>)
            values.computeIfAbsent("mails", name -> new ConcurrentSkipListMap<>()),
        (Map<String, Integer>) values.computeIfAbsent("ports", name -> new ConcurrentHashMap<>()));
  }
}
