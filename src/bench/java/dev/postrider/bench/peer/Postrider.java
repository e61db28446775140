package dev.postrider.bench.peer;

import dev.postrider.bench.process.PackagedWorker;
import dev.postrider.bench.process.Service;
import dev.postrider.bench.process.Store;
import java.util.List;
import java.util.Map;

/**
 * Postrider with everything on: guards, events, timelines, metrics, leases.
 *
 * @param settings environment variables beyond the usual ones
 */
public record Postrider(String name, Map<String, String> settings) implements Runner {

  public static final String QUEUE = "default";

  /** Over its own SMTP. */
  public static Postrider own() {
    return new Postrider("Postrider", Map.of());
  }

  /** The same worker over the stock mailer. */
  public static Postrider stock() {
    return new Postrider(
        "Postrider over quarkus-mailer", Map.of("POSTRIDER_TRANSPORT", "quarkus-mailer"));
  }

  @Override
  public void fill(Store store, int mails) {
    store.load(mails, number -> add(QUEUE, Mails.octets(number)));
  }

  /** The one command a producer needs. */
  public static List<Object> add(String queue, byte[] mail) {
    return List.of("XADD", key(queue, "ready"), "*", "mail", mail);
  }

  public static String key(String queue, String name) {
    return "mail:{" + queue + "}:" + name;
  }

  @Override
  public Service start(Store store, int sink) {
    return PackagedWorker.start(store.url(), sink, settings);
  }

  @Override
  public long left(Store store) {
    return left(store, QUEUE);
  }

  /** All that is not at its end: ready, read and not settled, scheduled, or ended otherwise. */
  public static long left(Store store, String queue) {
    return store.client().number("XLEN", key(queue, "ready"))
        + store.client().number("ZCARD", key(queue, "schedule"))
        + store.client().number("HLEN", key(queue, "parked"))
        + store.client().number("XLEN", key(queue, "dead"))
        + store.client().number("XLEN", key(queue, "held"))
        + pending(store, queue);
  }

  private static long pending(Store store, String queue) {
    boolean there = store.client().number("EXISTS", key(queue, "ready")) == 1;
    if (!there) {
      return 0;
    }
    List<?> summary =
        (List<?>) store.client().command("XPENDING", key(queue, "ready"), "postrider");
    return (Long) summary.get(0);
  }
}
