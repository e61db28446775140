package dev.postrider.worker;

import dev.postrider.delivery.OutcomeDecider;
import dev.postrider.guard.Verdict;
import dev.postrider.queue.Entry;
import dev.postrider.queue.GroupReader;
import dev.postrider.queue.QueueSettings;
import dev.postrider.queue.SettleBatcher;
import dev.postrider.queue.Settlement;
import dev.postrider.queue.consumer.Reclaim;
import dev.postrider.queue.consumer.SendIntents;
import dev.postrider.retry.RetryPolicy;
import dev.postrider.retry.RetrySettings;
import dev.postrider.support.redis.RedisFixture;
import dev.postrider.timing.Backoff;
import dev.postrider.worker.lease.Heartbeat;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;

/** The parts of a worker that own mail, with a clock that the test sets. */
final class LeaseHolder {

  static final Duration LEASE = Duration.ofSeconds(15);

  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1));
  private static final QueueSettings SETTINGS = new QueueSettings("mail", 100, 100, 100, LEASE);

  private final RedisFixture redis;
  private final String name;
  private final Heartbeat heartbeat;
  private final GroupReader reader;
  private final SettleBatcher settleBatcher;
  private final Processor processor;
  private final SlowAttempt.Server server = new SlowAttempt.Server();
  private final SentDots sentDots = new SentDots();
  private long now;

  LeaseHolder(RedisFixture redis, String name) {
    this.redis = redis;
    this.name = name;
    this.heartbeat =
        new Heartbeat(
            redis.link(),
            Heartbeat.leases("mail", List.of("q"), name),
            LEASE,
            () -> now,
            () -> "{}");
    this.reader = new GroupReader("mail", name, heartbeat::term, (queue, newer) -> {});
    this.settleBatcher =
        redis
            .loop()
            .call(() -> new SettleBatcher(redis.loop().context(), redis.link(), name, SETTINGS));
    this.processor =
        new Processor(
            server,
            new OutcomeDecider(
                new RetryPolicy(new RetrySettings(3, BACKOFF, BACKOFF, BACKOFF)),
                () -> 0.5,
                route -> true),
            (queue, mails) -> Uni.createFrom().item(List.of(new Verdict.Send())),
            new SendIntents(redis.link(), "mail", name)::record,
            sentDots);
  }

  /** As a worker does whose drain has ended; runs once no reply to a final dot is due. */
  void sendNoMoreDots(Runnable then) {
    heartbeat.endTerms();
    sentDots.onceSettled(then);
  }

  void renew() {
    redis.await(heartbeat::renew);
  }

  boolean holdsLease() {
    return heartbeat.holdsLease();
  }

  void advance(Duration time) {
    now += time.toNanos();
  }

  /** Is stopped until its lease has gone. */
  void sleep() {
    advance(LEASE.multipliedBy(4));
    redis.command("DEL", "mail:{q}:worker:" + name);
  }

  /** Asks at once, by the lease of now; reads when it is subscribed to. */
  Uni<List<Entry>> askForNew() {
    return reader.poll(redis.link(), "q", 1);
  }

  Entry readNew() {
    return redis.await(this::askForNew).get(0);
  }

  /** Takes over the one mail of another whose lease is gone, and reads it. */
  Entry takeOver(String other) {
    redis.command("DEL", "mail:{q}:worker:" + other);
    Reclaim reclaim = new Reclaim(redis.link(), SETTINGS);
    redis.await(() -> reclaim.reclaim(new Reclaim.Takeover("q", other, name), 1, true));
    return redis.await(() -> reader.pending(redis.link(), "q", "0", 1, true)).entries().get(0);
  }

  /** An entry as if it had been read now, without what Redis records about it. */
  Entry read(Entry entry) {
    return new Entry(
        entry.queue(),
        entry.id(),
        entry.mail(),
        entry.progress(),
        entry.traceparent(),
        Entry.Reading.first(heartbeat.term("q")));
  }

  private Uni<Long> settle(Settlement settlement) {
    return settleBatcher.settle(settlement).invoke(answer -> sentDots.settled(settlement.entry()));
  }

  /** Begins to send a mail; the server has not said 354 yet. */
  SlowAttempt start(Entry entry) {
    return new SlowAttempt(redis, TestMails.attempt(entry), processor, server, this::settle);
  }
}
