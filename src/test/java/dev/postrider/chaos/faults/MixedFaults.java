package dev.postrider.chaos.faults;

import dev.postrider.chaos.run.Load;
import dev.postrider.chaos.run.PackagedWorker;
import dev.postrider.chaos.run.Rounds;
import dev.postrider.chaos.run.ScenarioRun;
import dev.postrider.chaos.run.Size;
import dev.postrider.chaos.witness.ProcessStats;
import dev.postrider.support.proxy.Cut;
import dev.postrider.support.proxy.Direction;
import dev.postrider.support.proxy.Flow;
import dev.postrider.support.redis.RedisClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Everything in turn, as a seed says; one worker is left alone and must not grow. */
public final class MixedFaults {

  private static final int LATEST_SECONDS = 5;
  private static final Duration LATENCY = Duration.ofMillis(100);
  private static final String SETTLED_ONE = "*1\r\n:1\r\n";

  /** Files that a witness may have open more than after its first quarter. */
  private static final int FILES_MORE = 30;

  private static final double GROWTH_MAX = 1.3;

  private final ScenarioRun scenarioRun;
  private final List<PackagedWorker> workers = new ArrayList<>();
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

  private MixedFaults(ScenarioRun scenarioRun) {
    this.scenarioRun = scenarioRun;
  }

  public static void play(ScenarioRun scenarioRun, Size size) {
    new MixedFaults(scenarioRun).play(size);
  }

  private void play(Size size) {
    PackagedWorker witness = scenarioRun.startBehindProxy();
    workers.addAll(scenarioRun.startWorkers(2));
    new Rounds(scenarioRun, quarter(size), Load.mixed(quarter(size), LATEST_SECONDS))
        .play(this::any);
    scenarioRun.awaitStill();
    ProcessStats young = witness.vitals();
    long connections = connections();
    Size rest = new Size(size.mails() * 3 / 4, size.perSecond(), size.faults() * 3 / 4);
    new Rounds(scenarioRun, rest, Load.mixed(rest, LATEST_SECONDS)).play(this::any);
    scenarioRun.awaitStill();
    ProcessStats old = witness.vitals();
    compare(young, old, connections, connections());
  }

  private static Size quarter(Size size) {
    return new Size(size.mails() / 4, size.perSecond(), Math.max(1, size.faults() / 4));
  }

  private void compare(ProcessStats young, ProcessStats old, long before, long after) {
    scenarioRun.remark(
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
    scenarioRun.require(old.files() <= young.files() + FILES_MORE, "files leak");
    scenarioRun.require(old.threads() <= young.threads() + FILES_MORE, "threads leak");
    scenarioRun.require(old.kibibytes() <= young.kibibytes() * GROWTH_MAX, "memory leaks");
    scenarioRun.require(after <= before + FILES_MORE, "connections leak");
  }

  private long connections() {
    try (RedisClient redis = scenarioRun.redis().client()) {
      return ((String) redis.command("CLIENT", "LIST")).lines().count();
    }
  }

  private void any() {
    faults.get(scenarioRun.random().nextInt(faults.size())).run();
  }

  private int victim() {
    return scenarioRun.random().nextInt(workers.size());
  }

  private void kill() {
    int victim = victim();
    scenarioRun.kill9(workers.get(victim));
    workers.set(victim, scenarioRun.startWorker());
  }

  private void restart() {
    int victim = victim();
    workers.get(victim).terminate();
    int code = workers.get(victim).exitCode();
    scenarioRun.require(code == 0, "exit code " + code + " after SIGTERM");
    workers.set(victim, scenarioRun.startWorker());
  }

  private void sleep() {
    PackagedWorker sleeper = workers.get(victim());
    scenarioRun.freeze(sleeper);
    scenarioRun.awaitTakenOver(sleeper);
    sleeper.thaw();
  }

  private void killRedis() {
    scenarioRun.redis().kill9();
    scenarioRun.redis().restart();
  }

  private void forgetScripts() {
    try (RedisClient redis = scenarioRun.redis().client()) {
      redis.command("SCRIPT", "FLUSH");
    }
  }

  private void reset() {
    scenarioRun.proxy().killAll();
  }

  private void slow() {
    scenarioRun.proxy().flow(Flow.delay(LATENCY));
    scenarioRun.awaitTaken(scenarioRun.sink().counters().mails() + 1);
    scenarioRun.proxy().heal();
  }

  private void loseReply() {
    scenarioRun.proxy().cutOnce(Cut.before(Direction.DOWN, SETTLED_ONE));
  }
}
