package dev.postrider.guard;

import dev.postrider.redis.Keys;
import dev.postrider.redis.Script;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Checks now whether mail may be sent: pause, schedule, expiry, idempotency, topics. Two commands
 * for a batch of any size; the clock is Redis's.
 */
public final class Guards {

  private static final Script FORGET = Script.named("forget");
  private static final Script CHECK = Script.withCommon("check");

  private final Link link;
  private final String prefix;
  private final Duration idempotencyTime;
  private final SeenCancellations seenCancellations = new SeenCancellations();

  /**
   * @param keepKeys how long an idempotency key is remembered
   */
  public Guards(Link link, String prefix, Duration keepKeys) {
    this.link = link;
    this.prefix = prefix;
    this.idempotencyTime = keepKeys;
  }

  /**
   * One verdict for each case of one queue, in order. Fails if the queue cannot be settled, too:
   * then nothing may be sent.
   */
  @CheckReturnValue
  public Uni<List<Verdict>> check(String queue, List<GuardedMail> guardedMails) {
    Topics topics = Topics.of(guardedMails);
    return Uni.combine()
        .all()
        .unis(queueState(queue, guardedMails), versions(topics.names()))
        .with(
            (queueState, versions) -> decide(guardedMails, queueState, topics.versions(versions)));
  }

  private Uni<QueueState> queueState(String queue, List<GuardedMail> guardedMails) {
    Keys keys = new Keys(prefix, queue);
    List<GuardedMail> keyed =
        guardedMails.stream().filter(one -> one.idempotencyKey().isPresent()).toList();
    List<String> touched = new ArrayList<>();
    touched.add(keys.paused());
    touched.addAll(keys.settleKeys());
    keyed.forEach(one -> touched.add(keys.seen(one.idempotencyKey().orElseThrow())));
    Script.Call call = CHECK.on(touched.toArray(String[]::new)).arg(idempotencyTime.toMillis());
    keyed.forEach(one -> call.arg(one.keyOwner()));
    return call.run(link).map(reply -> QueueState.parse(reply, keyed));
  }

  private Uni<Response> versions(List<String> topics) {
    if (topics.isEmpty()) {
      return Uni.createFrom().nullItem();
    }
    Request read = Request.cmd(Command.HMGET).arg(Keys.guards(prefix));
    topics.forEach(read::arg);
    return link.send(read);
  }

  private List<Verdict> decide(
      List<GuardedMail> guardedMails, QueueState queueState, Topics.Versions versions) {
    for (GuardedMail one : guardedMails) {
      String topic = Topics.ofMail(one.mailId());
      versions.of(topic).ifPresent(version -> seenCancellations.add(topic, version));
    }
    return IntStream.range(0, guardedMails.size())
        .mapToObj(i -> GuardRules.of(guardedMails.get(i), queueState, versions))
        .toList();
  }

  /** The version a topic has now; 0 if it was never bumped. */
  @CheckReturnValue
  public Uni<Long> version(String topic) {
    Request read = Request.cmd(Command.HGET).arg(Keys.guards(prefix)).arg(topic);
    return link.send(read).map(reply -> reply == null ? 0L : reply.toLong());
  }

  /** Voids everything that still waits for a topic; emits the new version. */
  @CheckReturnValue
  public Uni<Long> bump(String topic) {
    Request bump = Request.cmd(Command.HINCRBY).arg(Keys.guards(prefix)).arg(topic).arg(1);
    return link.send(bump).map(Response::toLong);
  }

  /** Cancels a single mail; a second time changes nothing. */
  @CheckReturnValue
  public Uni<Void> cancel(String mailId) {
    return bump(Topics.ofMail(mailId)).replaceWithVoid();
  }

  /** Cancels many mails, in one write; those that were cancelled before stay so. */
  @CheckReturnValue
  public Uni<Void> cancelAll(List<String> mailIds) {
    return mailIds.isEmpty()
        ? Uni.createFrom().voidItem()
        : Uni.join()
            .all(mailIds.stream().map(this::cancel).toList())
            .andFailFast()
            .replaceWithVoid();
  }

  /**
   * Deletes the topics by which single mails were cancelled, because those mails have ended. A
   * topic that was raised since its mail was checked stays: it is about a later mail of that id.
   */
  @CheckReturnValue
  public Uni<Void> deleteTopicsOf(List<String> mailIds) {
    Script.Call forget = FORGET.on(Keys.guards(prefix));
    boolean any = false;
    for (String id : mailIds) {
      String topic = Topics.ofMail(id);
      Optional<String> version = seenCancellations.take(topic);
      version.ifPresent(seen -> forget.arg(topic).arg(seen));
      any |= version.isPresent();
    }
    return any ? forget.run(link).replaceWithVoid() : Uni.createFrom().voidItem();
  }
}
