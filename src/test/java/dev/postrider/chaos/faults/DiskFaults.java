package dev.postrider.chaos.faults;

import dev.postrider.chaos.run.Incident;
import dev.postrider.chaos.run.Load;
import dev.postrider.chaos.run.Rounds;
import dev.postrider.chaos.run.ScenarioRun;
import dev.postrider.chaos.run.Size;
import dev.postrider.support.redis.AppendOnlyFile;
import dev.postrider.support.redis.RedisClient;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** A power cut: Redis dies and what it wrote last is not on the disk. */
public final class DiskFaults {

  private static final int LATEST_SECONDS = 5;

  /** With {@code appendfsync everysec} so much may be missing. */
  private static final int SECOND_MS = 1_000;

  private static final int LEAST_MS = 50;

  /** While the disk is busy Redis puts a write off for so long: it is not in the file yet. */
  private static final long PUT_OFF_MS = 2_000;

  /** Longer than it takes to ask a question and to kill the server. */
  private static final int PAUSE_MS = 10_000;

  private DiskFaults() {}

  /** The last writes are gone, up to a second of them, the very last cut in the middle. */
  public static void cutTail(ScenarioRun scenarioRun, Size size) {
    scenarioRun.startWorkers(2);
    Load load = Load.mixed(size, LATEST_SECONDS).uncancelled();
    new Rounds(scenarioRun, size, load).play(() -> cutTail(scenarioRun));
  }

  private static void cutTail(ScenarioRun scenarioRun) {
    AppendOnlyFile file = scenarioRun.redis().appendOnlyFile();
    long since = System.currentTimeMillis() - PUT_OFF_MS;
    long kept = file.length();
    int unwritten = LEAST_MS + scenarioRun.random().nextInt(SECOND_MS - LEAST_MS);
    LockSupport.parkNanos(Duration.ofMillis(unwritten).toNanos());
    Set<String> pending = holdingStill(scenarioRun);
    scenarioRun.redis().kill9();
    long gone = Math.max(1, file.length() - kept);
    file.cut(kept + (long) (scenarioRun.random().nextDouble() * gone));
    scenarioRun.redis().restart();
    long until = System.currentTimeMillis();
    scenarioRun.note(new Incident(Incident.Kind.ROLLBACK, since, until, pending));
  }

  /** What is in flight; no reads from now on. */
  private static Set<String> holdingStill(ScenarioRun scenarioRun) {
    try (RedisClient redis = scenarioRun.redis().client()) {
      redis.command("CLIENT", "PAUSE", PAUSE_MS, "WRITE");
      return scenarioRun.pending();
    }
  }

  /** With {@code appendfsync always} only what was not confirmed can be torn. */
  public static void tearTail(ScenarioRun scenarioRun, Size size) {
    scenarioRun.startWorkers(2);
    Load load = Load.mixed(size, LATEST_SECONDS);
    new Rounds(scenarioRun, size, load).play(() -> tearTail(scenarioRun));
  }

  private static void tearTail(ScenarioRun scenarioRun) {
    AppendOnlyFile file = scenarioRun.redis().appendOnlyFile();
    scenarioRun.redis().kill9();
    file.tear();
    scenarioRun.redis().restart();
  }
}
