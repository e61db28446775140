package dev.postrider.chaos;

import dev.postrider.support.Cut;
import dev.postrider.support.Flow;
import dev.postrider.support.Lane;
import dev.postrider.support.RedisClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Everything in turn, as a seed says; one worker is left alone and must not grow. */
final class MixedFaults {

  private static final int LATEST_SECONDS = 5;
  private static final Duration LATENCY = Duration.ofMillis(100);
  private static final String SETTLED_ONE = "*1\r\n:1\r\n";

  /** Files that a witness may have open more than after its first quarter. */
  private static final int FILES_MORE = 30;

  private static final double GROWTH_MAX = 1.3;

  private final Stage stage;
  private final List<WorkerProcess> workers = new ArrayList<>();
  private final List<Runnable> faults =
      List.of(
          this::kill,
          this::restart,
          this::sleep,
          this::killRedis,
          this::forgetScripts,
          this::reset,
          this::slow,
          this::loseReply);

  private MixedFaults(Stage stage) {
    this.stage = stage;
  }

  static void play(Stage stage, Size size) {
    new MixedFaults(stage).play(size);
  }

  private void play(Size size) {
    WorkerProcess witness = stage.startBehindProxy();
    workers.addAll(stage.startWorkers(2));
    new Rounds(stage, quarter(size), Load.mixed(quarter(size), LATEST_SECONDS)).play(this::any);
    stage.awaitStill();
    Vitals young = witness.vitals();
    long connections = connections();
    Size rest = new Size(size.mails() * 3 / 4, size.perSecond(), size.faults() * 3 / 4);
    new Rounds(stage, rest, Load.mixed(rest, LATEST_SECONDS)).play(this::any);
    stage.awaitStill();
    Vitals old = witness.vitals();
    compare(young, old, connections, connections());
  }

  private static Size quarter(Size size) {
    return new Size(size.mails() / 4, size.perSecond(), Math.max(1, size.faults() / 4));
  }

  private void compare(Vitals young, Vitals old, long before, long after) {
    stage.remark(
        "a worker that saw it all had %d files, %d threads, %d KiB after a quarter, %d, %d, %d in the end; Redis %d and %d connections"
            .formatted(
                young.files(),
                young.threads(),
                young.kibibytes(),
                old.files(),
                old.threads(),
                old.kibibytes(),
                before,
                after));
    stage.require(old.files() <= young.files() + FILES_MORE, "files leak");
    stage.require(old.threads() <= young.threads() + FILES_MORE, "threads leak");
    stage.require(old.kibibytes() <= young.kibibytes() * GROWTH_MAX, "memory leaks");
    stage.require(after <= before + FILES_MORE, "connections leak");
  }

  private long connections() {
    try (RedisClient redis = stage.redis().client()) {
      return ((String) redis.command("CLIENT", "LIST")).lines().count();
    }
  }

  private void any() {
    faults.get(stage.random().nextInt(faults.size())).run();
  }

  private int victim() {
    return stage.random().nextInt(workers.size());
  }

  private void kill() {
    int victim = victim();
    stage.kill9(workers.get(victim));
    workers.set(victim, stage.startWorker());
  }

  private void restart() {
    int victim = victim();
    workers.get(victim).terminate();
    int code = workers.get(victim).exitCode();
    stage.require(code == 0, "exit code " + code + " after SIGTERM");
    workers.set(victim, stage.startWorker());
  }

  private void sleep() {
    WorkerProcess sleeper = workers.get(victim());
    stage.freeze(sleeper);
    stage.awaitTakenOver(sleeper);
    sleeper.thaw();
  }

  private void killRedis() {
    stage.redis().kill9();
    stage.redis().restart();
  }

  private void forgetScripts() {
    try (RedisClient redis = stage.redis().client()) {
      redis.command("SCRIPT", "FLUSH");
    }
  }

  private void reset() {
    stage.proxy().killAll();
  }

  private void slow() {
    stage.proxy().flow(Flow.delay(LATENCY));
    stage.awaitTaken(stage.sink().tally().mails() + 1);
    stage.proxy().heal();
  }

  private void loseReply() {
    stage.proxy().cutOnce(Cut.before(Lane.DOWN, SETTLED_ONE));
  }
}
