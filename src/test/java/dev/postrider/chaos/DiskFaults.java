package dev.postrider.chaos;

import dev.postrider.support.AppendOnlyFile;
import dev.postrider.support.RedisClient;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** A power cut: Redis dies and what it wrote last is not on the disk. */
final class DiskFaults {

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
  static void cutTail(Stage stage, Size size) {
    stage.startWorkers(2);
    Load load = Load.mixed(size, LATEST_SECONDS).uncancelled();
    new Rounds(stage, size, load).play(() -> cutTail(stage));
  }

  private static void cutTail(Stage stage) {
    AppendOnlyFile file = stage.redis().appendOnlyFile();
    long since = System.currentTimeMillis() - PUT_OFF_MS;
    long kept = file.length();
    int unwritten = LEAST_MS + stage.random().nextInt(SECOND_MS - LEAST_MS);
    LockSupport.parkNanos(Duration.ofMillis(unwritten).toNanos());
    Set<String> pending = holdingStill(stage);
    stage.redis().kill9();
    long gone = Math.max(1, file.length() - kept);
    file.cut(kept + (long) (stage.random().nextDouble() * gone));
    stage.redis().restart();
    long until = System.currentTimeMillis();
    stage.note(new Incident(Incident.Kind.ROLLBACK, since, until, pending));
  }

  /** What is in flight; nobody reads any more from now on. */
  private static Set<String> holdingStill(Stage stage) {
    try (RedisClient redis = stage.redis().client()) {
      redis.command("CLIENT", "PAUSE", PAUSE_MS, "WRITE");
      return stage.pending();
    }
  }

  /** With {@code appendfsync always} only what was not confirmed can be torn. */
  static void tearTail(Stage stage, Size size) {
    stage.startWorkers(2);
    Load load = Load.mixed(size, LATEST_SECONDS);
    new Rounds(stage, size, load).play(() -> tearTail(stage));
  }

  private static void tearTail(Stage stage) {
    AppendOnlyFile file = stage.redis().appendOnlyFile();
    stage.redis().kill9();
    file.tear();
    stage.redis().restart();
  }
}
