package dev.postrider.redis;

import java.util.List;

/**
 * Every key name of one queue. The queue's name stands in braces, so that Redis Cluster keeps all
 * of them in one slot and one script may touch them together.
 *
 * @param prefix {@code postrider.key-prefix}
 * @param queue the queue's name
 */
public record Keys(String prefix, String queue) {

  /** Consumer group of the ready stream. */
  public static final String GROUP = "postrider";

  /** Hash of topic → version; shared by all queues, so it lies in a slot of its own. */
  public static String guards(String prefix) {
    return prefix + ":guards";
  }

  /** Present while a session of the dashboard could last that was signed out. */
  public static String revokedSession(String prefix, String session) {
    return prefix + ":signed-out:" + session;
  }

  /** Stream that producers write: one entry, one mail. */
  public String ready() {
    return of("ready");
  }

  /** Stream of what became of each mail. */
  public String events() {
    return of("events");
  }

  /** Sorted set: mail → due time in ms. */
  public String schedule() {
    return of("schedule");
  }

  /** Hash: mail of the schedule → its progress and its JSON. */
  public String parked() {
    return of("parked");
  }

  /** Stream of the mail that was given up. */
  public String dead() {
    return of("dead");
  }

  /** Stream of the mail whose outcome nobody knows. */
  public String held() {
    return of("held");
  }

  /** Present while the queue is paused; its value is the reason. */
  public String paused() {
    return of("paused");
  }

  /** Hash: outcome → how many since the queue exists. */
  public String totals() {
    return of("totals");
  }

  /** Hash: mail → timeline; the younger of the two generations. */
  public String history() {
    return of("history:new");
  }

  /** Hash: mail → timeline; the older of the two generations. */
  public String olderHistory() {
    return of("history:old");
  }

  /** Whatever settling writes to, beside the ready stream. */
  public List<String> settleKeys() {
    return List.of(
        events(), history(), olderHistory(), totals(), dead(), held(), schedule(), parked());
  }

  /** Lease of one consumer: gone when it no longer renews. */
  public String lease(String consumer) {
    return of("worker:" + consumer);
  }

  /** Set: entries that were taken over from one consumer, until it shows that it lives. */
  public String reclaimedFrom(String consumer) {
    return of("taken:" + consumer);
  }

  /** Present for a while after one consumer has stopped in order. */
  public String cleanStop(String consumer) {
    return of("goodbye:" + consumer);
  }

  /** Set: names of the consumers that have had a lease of late. */
  public String consumers() {
    return of("consumers");
  }

  /** Who was first to use an idempotency key. */
  public String seen(String idempotencyKey) {
    return of("seen:" + idempotencyKey);
  }

  private String of(String name) {
    return prefix + ":{" + queue + "}:" + name;
  }
}
