package dev.postrider.chaos.run;

import dev.postrider.chaos.witness.AcceptedMails;
import dev.postrider.chaos.witness.AcceptedMails.State;
import dev.postrider.chaos.witness.Canary;
import dev.postrider.chaos.witness.ProducerLedger;
import dev.postrider.support.redis.RedisClient;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Writes mail as any program would, by plain XADD, and notes in its ledger what Redis has
 * confirmed. Without a reply a mail is given up, not repeated: whether it was accepted is unknown.
 */
public final class LoadProducer {

  public static final String READY = "mail:{default}:ready";
  private static final String GUARDS = "mail:guards";
  private static final Duration TICK = Duration.ofMillis(20);
  private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(120);
  private static final Duration WAIT_MAX = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(200);
  public static final String TEXT = "All work and no play makes a dull mail. ".repeat(45);

  private final Supplier<RedisClient> connections;
  private final String prefix;
  private final Load load;
  private final Random random;
  private final ProducerLedger ledger;
  private final FutureTask<Void> work = new FutureTask<>(this::produce, null);
  private RedisClient client;
  private int next;

  /**
   * @param connections to where the queue is at the time
   * @param prefix of the ids of its mails
   */
  LoadProducer(
      Supplier<RedisClient> connections,
      String prefix,
      Load load,
      Random random,
      ProducerLedger ledger) {
    this.connections = connections;
    this.prefix = prefix;
    this.load = load;
    this.random = random;
    this.ledger = ledger;
  }

  LoadProducer start() {
    Thread thread = new Thread(work, "producer-" + prefix);
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  /** Waits until every mail was written, twice as long as that should take and a while. */
  public void await() {
    long seconds = WRITE_TIMEOUT.toSeconds() + 2L * load.mails() / load.perSecond();
    try {
      work.get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("The producer failed: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("The producer did not finish in " + seconds + " s.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted.", e);
    }
  }

  private void produce() {
    int batch = (int) Math.max(1, load.perSecond() * TICK.toMillis() / 1_000);
    long gap = TimeUnit.SECONDS.toNanos(batch) / load.perSecond();
    long turn = System.nanoTime();
    while (next < load.mails()) {
      write(drafts(Math.min(batch, load.mails() - next)));
      turn = Math.max(turn + gap, System.nanoTime() - TimeUnit.SECONDS.toNanos(1));
      LockSupport.parkNanos(turn - System.nanoTime());
    }
    hangUp();
  }

  /** A mail about to be written. */
  private record Draft(AcceptedMails mail, String json, boolean cancel) {}

  private List<Draft> drafts(int count) {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drafts.add(draft(next++));
    }
    return drafts;
  }

  private Draft draft(int n) {
    String id = prefix + "-" + n;
    boolean cancel = random.nextInt(100) < load.times().cancelledPercent();
    boolean later = cancel || random.nextInt(100) < load.times().laterPercent();
    long ahead = 1_000 + random.nextInt(Math.max(1, load.times().latestSeconds() * 1_000 - 999));
    long due = later ? System.currentTimeMillis() + ahead : 0;
    boolean holds = load.words().holds().test(n);
    String key = load.words().key().apply(n);
    String json =
        "{\"id\":\"%s\",\"from\":\"Chaos <hi@chaos.test>\",\"to\":[%s],\"subject\":\"%s %d\",\"text\":\"%s\"%s%s%s}"
            .formatted(
                id,
                recipients(n),
                Canary.SUBJECT,
                n,
                TEXT,
                later ? ",\"scheduled_at\":\"" + Instant.ofEpochMilli(due) + "\"" : "",
                key == null ? "" : ",\"idempotency_key\":\"" + key + '"',
                holds ? ",\"on_unknown\":\"hold\"" : "");
    return new Draft(new AcceptedMails(id, State.UNKNOWN, "", due, 0, holds), json, cancel);
  }

  private String recipients(int n) {
    String first = '"' + load.words().recipient().apply(n) + '"';
    return n % 10 == 3 ? first + ",\"ben" + n + "@example.test\"" : first;
  }

  private void write(List<Draft> drafts) {
    ledger.add(drafts.stream().map(Draft::mail).toList());
    try {
      connect();
      List<Object> replies = client.pipeline(commands(drafts));
      List<AcceptedMails> known = new ArrayList<>();
      for (int i = 0; i < drafts.size(); i++) {
        known.add(outcome(drafts.get(i).mail(), replies.get(i), copied(replies)));
      }
      ledger.add(known);
      cancel(drafts, known);
      if (!known.stream().allMatch(AcceptedMails::accepted)) {
        hangUp();
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    } catch (UncheckedIOException | RedisClient.RedisError down) {
      hangUp();
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private void cancel(List<Draft> drafts, List<AcceptedMails> known) {
    for (int i = 0; i < drafts.size(); i++) {
      AcceptedMails mail = known.get(i);
      if (drafts.get(i).cancel() && mail.accepted() && bump("mail/" + mail.id())) {
        ledger.add(List.of(cancelled(mail)));
      }
    }
  }

  /** False if Redis refused, as it does when it is full. */
  private boolean bump(String topic) {
    return client.pipeline(List.of(List.of("HINCRBY", GUARDS, topic, 1))).get(0) instanceof Long;
  }

  private void connect() {
    if (client == null) {
      client = connections.get();
    }
  }

  private void hangUp() {
    if (client != null) {
      client.close();
      client = null;
    }
  }

  private static List<Object> xadd(Draft draft) {
    return List.of("XADD", READY, "*", "mail", draft.json());
  }

  /** What is written, and the wait until a replica has it if that was asked for. */
  private List<List<Object>> commands(List<Draft> drafts) {
    List<List<Object>> commands = new ArrayList<>(drafts.stream().map(LoadProducer::xadd).toList());
    if (load.replicas() > 0) {
      commands.add(List.of("WAIT", load.replicas(), WAIT_MAX.toMillis()));
    }
    return commands;
  }

  private boolean copied(List<Object> replies) {
    return load.replicas() == 0
        || replies.get(replies.size() - 1) instanceof Long copies && copies >= load.replicas();
  }

  /** What no replica has confirmed in time was not refused and not accepted. */
  private static AcceptedMails outcome(AcceptedMails mail, Object reply, boolean copied) {
    if (reply instanceof String && !copied) {
      return mail;
    }
    return reply instanceof String entry
        ? new AcceptedMails(mail.id(), State.ACCEPTED, entry, mail.due(), 0, mail.holds())
        : new AcceptedMails(mail.id(), State.REFUSED, "", mail.due(), 0, mail.holds());
  }

  private static AcceptedMails cancelled(AcceptedMails mail) {
    return new AcceptedMails(
        mail.id(),
        mail.state(),
        mail.entry(),
        mail.due(),
        System.currentTimeMillis(),
        mail.holds());
  }
}
