package dev.postrider.redis;

import java.util.List;

/**
 * The names of all keys of one queue. The queue's name is in braces, so Redis Cluster keeps them in
 * one slot and one script may use them together.
 *
 * @param prefix {@code postrider.key-prefix}
 * @param queue the queue's name
 */
public record Keys(String prefix, String queue) {

  /** Consumer group of the ready stream. */
  public static final String GROUP = "postrider";

  /** Hash: topic → version; shared by all queues, in another slot than the keys of a queue. */
  public static String guards(String prefix) {
    return prefix + ":guards";
  }

  /** Present until a session of the dashboard that was signed out would have expired. */
  public static String revokedSession(String prefix, String session) {
    return prefix + ":signed-out:" + session;
  }

  /** Stream that producers write: one entry per mail. */
  public String ready() {
    return of("ready");
  }

  /** Stream of events: outcomes and other changes of each mail. */
  public String events() {
    return of("events");
  }

  /** Sorted set: mail → due time in ms. */
  public String schedule() {
    return of("schedule");
  }

  /** Hash: mail of the schedule → its attempt history and its JSON. */
  public String parked() {
    return of("parked");
  }

  /** Stream of dead mail. */
  public String dead() {
    return of("dead");
  }

  /** Stream of held mail: its outcome is unknown. */
  public String held() {
    return of("held");
  }

  /** Present while the queue is paused; its value is the reason. */
  public String paused() {
    return of("paused");
  }

  /** Hash: outcome → count since the queue exists. */
  public String totals() {
    return of("totals");
  }

  /** Hash: mail → timeline; the newer of two generations. */
  public String history() {
    return of("history:new");
  }

  /** Hash: mail → timeline; the older of two generations. */
  public String olderHistory() {
    return of("history:old");
  }

  /** The keys that settling writes, besides the ready stream. */
  public List<String> settleKeys() {
    return List.of(
        events(), history(), olderHistory(), totals(), dead(), held(), schedule(), parked());
  }

  /** Lease of one consumer: expires unless the consumer renews it. */
  public String lease(String consumer) {
    return of("worker:" + consumer);
  }

  /** Set: entries reclaimed from one consumer, until it renews its lease. */
  public String reclaimedFrom(String consumer) {
    return of("taken:" + consumer);
  }

  /** Present for some time after one consumer has stopped cleanly. */
  public String cleanStop(String consumer) {
    return of("goodbye:" + consumer);
  }

  /** Set: names of consumers that had a lease recently. */
  public String consumers() {
    return of("consumers");
  }

  /** The mail that used an idempotency key first. */
  public String seen(String idempotencyKey) {
    return of("seen:" + idempotencyKey);
  }

  private String of(String name) {
    return prefix + ":{" + queue + "}:" + name;
  }
}
