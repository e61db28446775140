package dev.postrider.bench.peer;

import dev.postrider.bench.process.BenchRedis;
import dev.postrider.bench.process.PackagedWorker;
import dev.postrider.bench.process.Service;
import dev.postrider.support.redis.RedisClient;
import java.util.List;
import java.util.Map;

/**
 * Postrider with everything on: guards, events, timelines, metrics, leases.
 *
 * @param settings environment variables beyond the usual ones
 */
public record Postrider(String name, Map<String, String> settings) implements Runner {

  public static final String QUEUE = "default";

  /**
   * Over its own SMTP. So many connections keep a near server busy; with as many as mails in
   * flight, the default, none ever waits, and no envelope leaves behind another's content.
   */
  public static Postrider own() {
    return new Postrider("Postrider", Map.of("POSTRIDER_CONNECTIONS_PER_ROUTE", "16"));
  }

  /** The same worker over vertx-mail-client. */
  public static Postrider withVertxMailClient() {
    return new Postrider(
        "Postrider over quarkus-mailer", Map.of("POSTRIDER_TRANSPORT", "quarkus-mailer"));
  }

  @Override
  public void fill(BenchRedis benchRedis, int mails) {
    benchRedis.load(mails, number -> add(QUEUE, Mails.jsonBytes(number)));
  }

  /** The one command a producer needs. */
  public static List<Object> add(String queue, byte[] mail) {
    return List.of("XADD", key(queue, "ready"), "*", "mail", mail);
  }

  public static String key(String queue, String name) {
    return "mail:{" + queue + "}:" + name;
  }

  @Override
  public Service start(BenchRedis benchRedis, int sink) {
    return PackagedWorker.start(benchRedis.url(), sink, settings);
  }

  @Override
  public long left(BenchRedis benchRedis) {
    return left(benchRedis.client(), QUEUE);
  }

  /** All that is not at its end: ready, read and not settled, scheduled, or ended otherwise. */
  public static long left(RedisClient redis, String queue) {
    return redis.number("XLEN", key(queue, "ready"))
        + redis.number("ZCARD", key(queue, "schedule"))
        + redis.number("HLEN", key(queue, "parked"))
        + redis.number("XLEN", key(queue, "dead"))
        + redis.number("XLEN", key(queue, "held"))
        + pending(redis, key(queue, "ready"));
  }

  private static long pending(RedisClient redis, String ready) {
    if (redis.number("EXISTS", ready) == 0) {
      return 0;
    }
    return (Long) ((List<?>) redis.command("XPENDING", ready, "postrider")).get(0);
  }
}
