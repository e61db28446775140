package dev.postrider.chaos.faults;

import dev.postrider.chaos.run.Load;
import dev.postrider.chaos.run.LoadProducer;
import dev.postrider.chaos.run.PackagedWorker;
import dev.postrider.chaos.run.ScenarioRun;
import dev.postrider.chaos.run.Size;
import dev.postrider.support.proxy.Flow;
import java.util.List;
import java.util.Map;

/** What happens to workers: nothing, death, a request to leave, a long sleep. */
public final class WorkerFaults {

  private static final int LATEST_SECONDS = 5;

  /** So that the server can let the content wait; by BDAT it comes unasked. */
  private static final Map<String, String> BY_DATA =
      Map.of("POSTRIDER_ROUTES_DEFAULT_CHUNKING", "false");

  private WorkerFaults() {}

  /** The control: two workers, no fault, nothing sent twice. */
  public static void none(ScenarioRun scenarioRun, Size size) {
    scenarioRun.startWorkers(2);
    scenarioRun.produceAll(Load.mixed(size, LATEST_SECONDS));
  }

  /** One of two workers dies at a random moment and is replaced, again and again. */
  public static void killAtRandom(ScenarioRun scenarioRun, Size size) {
    List<PackagedWorker> workers = scenarioRun.startWorkers(2);
    LoadProducer loadProducer = scenarioRun.produce(Load.mixed(size, LATEST_SECONDS));
    int step = size.mails() * 8 / 10 / (size.faults() + 1);
    for (int fault = 1; fault <= size.faults(); fault++) {
      scenarioRun.awaitTaken(fault * step + scenarioRun.random().nextInt(Math.max(1, step / 2)));
      int victim = scenarioRun.random().nextInt(2);
      scenarioRun.kill9(workers.get(victim));
      workers.set(victim, scenarioRun.startWorker());
    }
    loadProducer.await();
  }

  /** Each worker is replaced in order while mail flows: nothing is sent twice. */
  public static void rollingRestart(ScenarioRun scenarioRun, Size size) {
    List<PackagedWorker> workers = scenarioRun.startWorkers(2);
    LoadProducer loadProducer = scenarioRun.produce(Load.mixed(size, LATEST_SECONDS));
    int step = size.mails() * 8 / 10 / (size.faults() + 1);
    for (int fault = 1; fault <= size.faults(); fault++) {
      scenarioRun.awaitTaken(fault * step);
      PackagedWorker leaving = workers.get(fault % 2);
      leaving.terminate();
      int code = leaving.exitCode();
      scenarioRun.require(code == 0, "exit code " + code + " after SIGTERM");
      workers.set(fault % 2, scenarioRun.startWorker());
    }
    loadProducer.await();
  }

  /**
   * A worker sleeps for longer than its lease, wakes up, and must not send what others took over.
   */
  public static void sleepBeyondLease(ScenarioRun scenarioRun, Size size) {
    List<PackagedWorker> workers = scenarioRun.startWorkers(2);
    LoadProducer loadProducer = scenarioRun.produce(Load.mixed(size, LATEST_SECONDS));
    int step = size.mails() * 8 / 10 / (size.faults() + 1);
    for (int fault = 1; fault <= size.faults(); fault++) {
      scenarioRun.awaitTaken(
          Math.max(fault * step, scenarioRun.sink().counters().mails() + step / 4));
      PackagedWorker sleeper = workers.get(fault % 2);
      scenarioRun.freeze(sleeper);
      scenarioRun.awaitTakenOver(sleeper);
      sleeper.thaw();
    }
    loadProducer.await();
  }

  /**
   * The worker that has a certain mail is stopped until another has reclaimed it, then continued:
   * this never counts as a death, however often it happens.
   */
  public static void sleepWithTheSameMail(ScenarioRun scenarioRun, Size size) {
    scenarioRun.set(Map.of("POSTRIDER_ROUTES_DEFAULT_TIMEOUTS_ENVELOPE", "10s"));
    scenarioRun.expect(
        checkResult -> !checkResult.ends().containsKey("dead"), "nothing taken for poison");
    List<PackagedWorker> workers = scenarioRun.startWorkers(2);
    String silent = "blackhole-" + size.faults() + "x@example.test";
    scenarioRun.produceAll(Load.direct(new Size(1, 1, 0)).to(n -> silent));
    for (int fault = 0; fault < size.faults(); fault++) {
      scenarioRun.await("a worker to have the mail", () -> !scenarioRun.pending().isEmpty());
      PackagedWorker sleeper = workers.get(scenarioRun.pending(workers.get(0)).isEmpty() ? 1 : 0);
      scenarioRun.freeze(sleeper);
      scenarioRun.awaitTakenOver(sleeper);
      sleeper.thaw();
    }
    scenarioRun.produceAll(Load.direct(size));
  }

  /**
   * All mail of a worker waits for a server that is slow to say 354 when the worker is stopped for
   * longer than its lease. Another one sends it; the first one wakes up and finds the 354. Nothing
   * here is uncertain: no dot had left.
   */
  public static void sleepBeforeDot(ScenarioRun scenarioRun, Size size) {
    scenarioRun.set(BY_DATA);
    PackagedWorker sleeper = scenarioRun.startWorker();
    scenarioRun.produceAll(slowToGoAhead(size));
    scenarioRun.awaitAtServer(sleeper, size.mails());
    scenarioRun.startWorker();
    sleeper.freeze();
    scenarioRun.awaitTakenOver(sleeper);
    scenarioRun.awaitTaken(size.mails());
    sleeper.thaw();
    scenarioRun.awaitStill();
  }

  /** The same, but the worker is only cut off from Redis; what it said meanwhile comes late. */
  public static void cutOffBeforeDot(ScenarioRun scenarioRun, Size size) {
    scenarioRun.set(BY_DATA);
    PackagedWorker cutOff = scenarioRun.startBehindProxy();
    scenarioRun.produceAll(slowToGoAhead(size));
    scenarioRun.awaitAtServer(cutOff, size.mails());
    scenarioRun.startWorker();
    scenarioRun.proxy().flow(Flow.hold());
    scenarioRun.awaitTakenOver(cutOff);
    scenarioRun.proxy().heal();
    scenarioRun.awaitTaken(size.mails());
    scenarioRun.awaitStill();
  }

  /** A worker leaves while its mail waits for 354: no dot leaves after its drain has ended. */
  public static void leaveBeforeDot(ScenarioRun scenarioRun, Size size) {
    scenarioRun.set(BY_DATA);
    scenarioRun.set(Map.of("POSTRIDER_SHUTDOWN_DRAIN", "1s"));
    PackagedWorker leaving = scenarioRun.startWorker();
    scenarioRun.produceAll(slowToGoAhead(size));
    scenarioRun.awaitAtServer(leaving, size.mails());
    scenarioRun.startWorker();
    leaving.terminate();
    int code = leaving.exitCode();
    scenarioRun.require(code == 0, "exit code " + code + " after SIGTERM");
  }

  /** Every second mail asks to be held; each of them is sent in the end. */
  private static Load slowToGoAhead(Size size) {
    return Load.direct(size).to(n -> "slow-data-20000ms@example.test").holding(n -> n % 2 == 0);
  }

  /** Three workers in a row die while they send the same mail: the fourth does not get it. */
  public static void poison(ScenarioRun scenarioRun, Size size) {
    scenarioRun.produceAll(Load.direct(new Size(1, 1, 0)).to(n -> "blackhole@example.test"));
    for (int death = 0; death < size.faults(); death++) {
      PackagedWorker victim = scenarioRun.startWorker();
      scenarioRun.awaitAtServer(victim, 1); // only what was started counts
      scenarioRun.kill9(victim);
    }
    scenarioRun.startWorker();
    scenarioRun.produceAll(Load.direct(size));
    scenarioRun.expect(
        checkResult -> checkResult.ends().getOrDefault("dead", 0) == 1, "one mail dead");
  }

  /** Each mail is written five times with the same key: it is sent once. */
  public static void sameKey(ScenarioRun scenarioRun, Size size) {
    scenarioRun.startWorkers(2);
    scenarioRun.produceAll(Load.direct(size).keyed(n -> "key-" + n / 5));
    int once = size.mails() / 5;
    scenarioRun.expect(
        checkResult -> checkResult.ends().getOrDefault("sent", 0) == once, once + " sent");
  }
}
