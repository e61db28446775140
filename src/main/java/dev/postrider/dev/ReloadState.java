package dev.postrider.dev;

import dev.postrider.dev.inbox.InboxMail;
import io.quarkus.dev.console.DevConsoleManager;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;

/**
 * What survives live reload. Every reload has class loaders of its own, so only types of the JDK
 * may stay.
 *
 * @param running has no permit while the application runs or drains
 * @param mails number → mail, as {@link InboxMail#toMap} writes it
 * @param notes small things to remember, by name
 */
public record ReloadState(
    Semaphore running, NavigableMap<Long, Map<String, Object>> mails, Map<String, Integer> notes) {

  private static final String NAME = "postrider.session";

  /** The one of this Java process. */
  public static synchronized ReloadState shared() {
    Map<String, Object> parts = DevConsoleManager.getGlobal(NAME);
    if (parts == null) {
      parts = new ConcurrentHashMap<>();
      DevConsoleManager.setGlobal(NAME, parts);
    }
    return of(parts);
  }

  @SuppressWarnings("unchecked")
  private static ReloadState of(Map<String, Object> parts) {
    return new ReloadState(
        (Semaphore) parts.computeIfAbsent("running", name -> new Semaphore(1)),
        (NavigableMap<Long, Map<String, Object>>)
            parts.computeIfAbsent("mails", name -> new ConcurrentSkipListMap<>()),
        (Map<String, Integer>) parts.computeIfAbsent("notes", name -> new ConcurrentHashMap<>()));
  }
}
