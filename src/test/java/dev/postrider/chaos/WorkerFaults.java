package dev.postrider.chaos;

import java.util.List;
import java.util.Map;

/** What happens to workers: nothing, death, a request to leave, a long sleep. */
final class WorkerFaults {

  private static final int LATEST_SECONDS = 5;

  private WorkerFaults() {}

  /** The control: two workers, no fault, nothing sent twice. */
  static void none(Stage stage, Size size) {
    stage.startWorkers(2);
    stage.produceAll(Load.mixed(size, LATEST_SECONDS));
  }

  /** One of two workers dies at a random moment and is replaced, again and again. */
  static void killAtRandom(Stage stage, Size size) {
    List<WorkerProcess> workers = stage.startWorkers(2);
    Producer producer = stage.produce(Load.mixed(size, LATEST_SECONDS));
    int step = size.mails() * 8 / 10 / (size.faults() + 1);
    for (int fault = 1; fault <= size.faults(); fault++) {
      stage.awaitTaken(fault * step + stage.random().nextInt(Math.max(1, step / 2)));
      int victim = stage.random().nextInt(2);
      stage.kill9(workers.get(victim));
      workers.set(victim, stage.startWorker());
    }
    producer.await();
  }

  /** Each worker is replaced in order while mail flows: nothing is sent twice. */
  static void rollingRestart(Stage stage, Size size) {
    List<WorkerProcess> workers = stage.startWorkers(2);
    Producer producer = stage.produce(Load.mixed(size, LATEST_SECONDS));
    int step = size.mails() * 8 / 10 / (size.faults() + 1);
    for (int fault = 1; fault <= size.faults(); fault++) {
      stage.awaitTaken(fault * step);
      WorkerProcess leaving = workers.get(fault % 2);
      leaving.terminate();
      int code = leaving.exitCode();
      stage.require(code == 0, "exit code " + code + " after SIGTERM");
      workers.set(fault % 2, stage.startWorker());
    }
    producer.await();
  }

  /**
   * A worker sleeps for longer than its lease, wakes up, and must not send what others took over.
   */
  static void sleepBeyondLease(Stage stage, Size size) {
    List<WorkerProcess> workers = stage.startWorkers(2);
    Producer producer = stage.produce(Load.mixed(size, LATEST_SECONDS));
    int step = size.mails() * 8 / 10 / (size.faults() + 1);
    for (int fault = 1; fault <= size.faults(); fault++) {
      stage.awaitTaken(Math.max(fault * step, stage.sink().tally().mails() + step / 4));
      WorkerProcess sleeper = workers.get(fault % 2);
      stage.freeze(sleeper);
      stage.awaitTakenOver(sleeper);
      sleeper.thaw();
    }
    producer.await();
  }

  /**
   * Whoever has a certain mail falls asleep until another has taken it over, and wakes up again:
   * nobody has died of it, however often that happens.
   */
  static void sleepWithTheSameMail(Stage stage, Size size) {
    stage.set(Map.of("POSTRIDER_ROUTES_DEFAULT_TIMEOUTS_ENVELOPE", "10s"));
    stage.expect(verdict -> !verdict.ends().containsKey("dead"), "nothing taken for poison");
    List<WorkerProcess> workers = stage.startWorkers(2);
    String silent = "blackhole-" + size.faults() + "x@example.test";
    stage.produceAll(Load.direct(new Size(1, 1, 0)).to(n -> silent));
    for (int fault = 0; fault < size.faults(); fault++) {
      stage.await("somebody to have the mail", () -> !stage.pending().isEmpty());
      WorkerProcess sleeper = workers.get(stage.pending(workers.get(0)).isEmpty() ? 1 : 0);
      stage.freeze(sleeper);
      stage.awaitTakenOver(sleeper);
      sleeper.thaw();
    }
    stage.produceAll(Load.direct(size));
  }

  /** Three workers in a row die with the same mail in hand: the fourth does not get it. */
  static void poison(Stage stage, Size size) {
    stage.produceAll(Load.direct(new Size(1, 1, 0)).to(n -> "blackhole@example.test"));
    for (int death = 0; death < size.faults(); death++) {
      WorkerProcess victim = stage.startWorker();
      stage.awaitPending(victim, 1);
      stage.kill9(victim);
    }
    stage.startWorker();
    stage.produceAll(Load.direct(size));
    stage.expect(verdict -> verdict.ends().getOrDefault("dead", 0) == 1, "one mail dead");
  }

  /** Each mail is written five times with the same key: it is sent once. */
  static void sameKey(Stage stage, Size size) {
    stage.startWorkers(2);
    stage.produceAll(Load.direct(size).keyed(n -> "key-" + n / 5));
    int once = size.mails() / 5;
    stage.expect(verdict -> verdict.ends().getOrDefault("sent", 0) == once, once + " sent");
  }
}
