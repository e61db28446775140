package dev.postrider.chaos.run;

import dev.postrider.chaos.storage.Storage;
import dev.postrider.chaos.witness.Canary;
import dev.postrider.chaos.witness.Checker;
import dev.postrider.chaos.witness.Ends;
import dev.postrider.chaos.witness.PendingMails;
import dev.postrider.chaos.witness.ProducerLedger;
import dev.postrider.chaos.witness.Punctuality;
import dev.postrider.chaos.witness.QuietPeriod;
import dev.postrider.chaos.witness.SinkLedger;
import dev.postrider.support.proxy.FaultProxy;
import dev.postrider.support.redis.RedisClient;
import dev.postrider.support.redis.RedisProcess;
import dev.postrider.support.smtp.Sink;
import dev.postrider.support.smtp.SinkOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Everything one scenario needs: a Redis, a mail server with a ledger, producers, workers as
 * processes, and the notes of what was done to them.
 */
public final class ScenarioRun implements AutoCloseable {

  /** Short, so that a gone worker's mail is taken over soon; long enough for a busy machine. */
  static final Duration LEASE = Duration.ofSeconds(3);

  /** What left a dead process is with the sink by then; a lease outlives it. */
  private static final Duration GRACE = Duration.ofSeconds(4);

  /** What was written to the server so long ago was read by it. */
  private static final Duration HEARD = Duration.ofSeconds(3);

  /** How the complaint begins about what a scenario expects beside what must always hold. */
  public static final String NOT_AS_EXPECTED = "not as expected: ";

  public static final Duration WAIT_TIMEOUT = Duration.ofSeconds(120);
  private static final int LEAKS_MAX = 5;
  private static final Duration POLL = Duration.ofMillis(100);

  private final Scenario scenario;
  private final Path directory;
  private final Path application;
  private final Storage storage;
  private final FaultProxy proxy;
  private final Sink sink;
  private FaultProxy mailProxy;
  private final ProducerLedger ledger;
  private final Random random;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final List<PackagedWorker> workers = new ArrayList<>();
  private final List<Incident> incidents = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private final List<Ends> archives = new ArrayList<>();
  private final Map<String, Predicate<CheckResult>> expectations = new LinkedHashMap<>();
  private int producers;

  /**
   * @param application directory of the packaged worker
   * @param directory takes ledgers and logs; they stay to be read after the run
   * @param scenario what is going to be played
   */
  ScenarioRun(Path application, Path directory, long seed, Scenario scenario) {
    this.application = application;
    this.random = new Random(seed);
    this.directory = directory;
    this.scenario = scenario;
    this.storage = scenario.storage().get();
    this.proxy = FaultProxy.before(redis().port());
    this.ledger = new ProducerLedger(directory.resolve("accepted.tsv"));
    this.sink =
        Sink.start(
            new SinkOptions()
                .ledger(directory.resolve("taken.tsv"))
                .forgetsContent()
                .delayPerMail(scenario.delayPerMail()));
    settings.putAll(ChaosSettings.of(sink, LEASE));
  }

  /** Plays the scenario; what it waited for in vain is a broken promise. */
  void play(Size size) {
    try {
      scenario.play().run(this, size);
    } catch (AssertionError inVain) {
      broken.add(inVain.getMessage());
    }
  }

  /** The proxy before Redis; it troubles only workers of {@link #startBehindProxy}. */
  public FaultProxy proxy() {
    return proxy;
  }

  /** A proxy before the mail server, for all workers started after the first call. */
  public FaultProxy mailProxy() {
    if (mailProxy == null) {
      mailProxy = FaultProxy.before(sink.port());
      settings.put("QUARKUS_MAILER_PORT", Integer.toString(mailProxy.port()));
    }
    return mailProxy;
  }

  /** The server that has the queue now. */
  public RedisProcess redis() {
    return storage.server();
  }

  public Storage storage() {
    return storage;
  }

  /** Changes how workers are set up that are started from now on. */
  public void set(Map<String, String> more) {
    settings.putAll(more);
  }

  public Sink sink() {
    return sink;
  }

  public Random random() {
    return random;
  }

  /** Starts a worker and waits until it is ready to read. */
  public PackagedWorker startWorker() {
    return ready(launch(storage.settings()));
  }

  /** The same, with {@link #proxy} between it and Redis. */
  public PackagedWorker startBehindProxy() {
    String url = redis().url();
    String host = url.substring(0, url.lastIndexOf(':') + 1);
    return ready(launch(Map.of("QUARKUS_REDIS_HOSTS", host + proxy.port())));
  }

  /** Starts several at once and waits until all are ready. */
  public List<PackagedWorker> startWorkers(int count) {
    List<PackagedWorker> launched = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      launched.add(launch(storage.settings()));
    }
    launched.forEach(this::ready);
    return launched;
  }

  private PackagedWorker launch(Map<String, String> place) {
    settings.putAll(place);
    PackagedWorker worker =
        PackagedWorker.start(application, "w" + workers.size() + "x", directory, settings);
    workers.add(worker);
    return worker;
  }

  private PackagedWorker ready(PackagedWorker worker) {
    try (RedisClient client = redis().client()) {
      await("worker " + worker.name() + " to be ready", () -> leased(client, worker));
    } catch (AssertionError late) {
      throw new AssertionError("Not ready: " + worker.log(), late);
    }
    return worker;
  }

  private static boolean leased(RedisClient client, PackagedWorker worker) {
    return ((List<?>) client.command("SMEMBERS", "mail:{default}:consumers"))
        .stream().anyMatch(name -> name.toString().startsWith(worker.name() + "-"));
  }

  /** Starts writing mail. */
  public LoadProducer produce(Load load) {
    Random own = new Random(random.nextLong());
    return new LoadProducer(() -> redis().client(), "c" + producers++, load, own, ledger).start();
  }

  /** Writes mail and waits until all of it is written. */
  public void produceAll(Load load) {
    produce(load).await();
  }

  /** Waits until so many mails were taken in all. */
  public void awaitTaken(long mails) {
    await(mails + " mails taken", () -> sink.counters().mails() >= mails);
  }

  /** Waits until the sink has taken nothing for longer than a lease. */
  public void awaitStill() {
    QuietPeriod still = new QuietPeriod(LEASE.plusSeconds(1), () -> sink.counters().mails());
    await("the mail server to be idle", still);
  }

  /** Waits until a worker has that many mails in flight and the server has heard of all of them. */
  public void awaitAtServer(PackagedWorker worker, int mails) {
    awaitPending(worker, mails);
    await(mails + " connections", () -> sink.counters().open() >= mails);
    await("no more connections", new QuietPeriod(HEARD, () -> sink.counters().connections()));
  }

  /** Waits until a worker has that many mails in flight. */
  private void awaitPending(PackagedWorker worker, int mails) {
    try (RedisClient client = redis().client()) {
      PendingMails pending = new PendingMails(client);
      await(mails + " mails in flight", () -> pending.of(worker).size() >= mails);
    }
  }

  /** Waits until nothing is in this worker's name any more. */
  public void awaitTakenOver(PackagedWorker worker) {
    try (RedisClient client = redis().client()) {
      PendingMails pending = new PendingMails(client);
      await("others to take over", () -> pending.of(worker).isEmpty());
    }
  }

  /** Has a new worker end all open mail, and stop. */
  public void finishWithNewWorker() {
    PackagedWorker worker = startWorker();
    try (RedisClient client = redis().client()) {
      await("the queue to be empty", () -> Ends.open(client) == 0);
    }
    worker.terminate();
    worker.exitCode();
  }

  /** Kills a worker and notes what it had in flight. */
  public void kill9(PackagedWorker worker) {
    worker.kill9();
    note(Incident.Kind.CRASH, worker);
  }

  /** Notes what this worker has in flight: what the server has taken of it is uncertain. */
  private void note(Incident.Kind kind, PackagedWorker worker) {
    note(new Incident(kind, inAWhile(), pending(worker)));
  }

  /** Stops a worker and notes what it had in flight. */
  public void freeze(PackagedWorker worker) {
    worker.freeze();
    note(Incident.Kind.SLEEP, worker);
  }

  /** What all workers have in flight. */
  public Set<String> pending() {
    try (RedisClient client = redis().client()) {
      return new PendingMails(client).ofAll();
    }
  }

  /** What one worker has in flight. */
  public Set<String> pending(PackagedWorker worker) {
    try (RedisClient client = redis().client()) {
      return new PendingMails(client).of(worker);
    }
  }

  /** Adds what became of mail before Redis forgot it. */
  public void archive(Ends earlier) {
    archives.add(earlier);
  }

  /** A figure for the reader of the report. */
  public void remark(String figure) {
    remarks.add(figure);
  }

  /** Has the report say how punctual scheduled mail was; the worst may be as wrong as a clock. */
  public void watchDueTimes(Duration errorMax) {
    expect(
        checkResult -> remarked(punctuality()).compareTo(errorMax) <= 0, "due times within a jump");
  }

  private Duration remarked(Punctuality punctuality) {
    remark(punctuality.toString());
    return punctuality.worst();
  }

  private Punctuality punctuality() {
    return Punctuality.of(ledger.read().values(), SinkLedger.read(directory.resolve("taken.tsv")));
  }

  /** Notes that mails became uncertain. */
  public void note(Incident incident) {
    incidents.add(incident);
  }

  /** Until then the sink has read what a process had sent, in Unix ms. */
  static long inAWhile() {
    return System.currentTimeMillis() + GRACE.toMillis();
  }

  /** What must hold in the end, besides what always must. */
  public void expect(Predicate<CheckResult> condition, String promise) {
    expectations.put(promise, condition);
  }

  /** Notes a broken promise unless the condition holds. */
  public void require(boolean condition, String promise) {
    if (!condition) {
      broken.add(promise);
    }
  }

  /** True if a condition comes to hold within two minutes. */
  public boolean eventually(BooleanSupplier condition) {
    try {
      await("what must come", condition);
      return true;
    } catch (AssertionError never) {
      return false;
    }
  }

  /** True if any worker has said this. */
  public boolean anyoneSaid(String words) {
    return workers.stream().anyMatch(worker -> worker.log().contains(words));
  }

  /** Waits for a condition, two minutes at most. */
  public void await(String what, BooleanSupplier condition) {
    await(what, WAIT_TIMEOUT, condition);
  }

  private static void await(String what, Duration timeout, BooleanSupplier condition) {
    try {
      Awaitility.await(what).pollInterval(POLL).atMost(timeout).until(condition::getAsBoolean);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("Waited in vain for " + what + ".", e);
    }
  }

  /** Waits until no mail is open and holds the witnesses against each other. */
  Outcome end() {
    try (RedisClient client = redis().client()) {
      settle(client);
      sink.syncLedger();
      CheckResult checkResult =
          new Checker(
                  ledger.read(),
                  SinkLedger.read(directory.resolve("taken.tsv")),
                  archives.stream().reduce(Ends.read(client), Ends::and),
                  incidents)
              .check();
      List<String> all = new ArrayList<>(broken);
      all.addAll(checkResult.broken());
      all.addAll(leaks());
      workers.forEach(worker -> all.addAll(worker.chatter()));
      expectations.forEach((promise, condition) -> check(checkResult, promise, condition, all));
      return new Outcome(checkResult, incidents.size(), List.copyOf(remarks), all);
    }
  }

  private List<String> leaks() {
    return workers.stream()
        .flatMap(worker -> Canary.in(worker.log()).stream())
        .limit(LEAKS_MAX)
        .map(line -> "in a log: " + line)
        .toList();
  }

  private static void check(
      CheckResult checkResult,
      String promise,
      Predicate<CheckResult> condition,
      List<String> broken) {
    if (!condition.test(checkResult)) {
      broken.add(NOT_AS_EXPECTED + promise);
    }
  }

  /** What a scenario came to. */
  record Outcome(
      CheckResult checkResult, int incidents, List<String> remarks, List<String> broken) {}

  private void settle(RedisClient client) {
    try {
      await("the queue to be empty", scenario.endTimeout(), () -> Ends.open(client) == 0);
    } catch (AssertionError late) {
      broken.add(late.getMessage());
    }
  }

  @Override
  public void close() {
    workers.forEach(PackagedWorker::close);
    if (mailProxy != null) {
      mailProxy.close();
    }
    sink.close();
    proxy.close();
    storage.close();
    ledger.close();
  }
}
