package dev.postrider.chaos.faults;

import dev.postrider.chaos.run.Load;
import dev.postrider.chaos.run.Rounds;
import dev.postrider.chaos.run.ScenarioRun;
import dev.postrider.chaos.run.Size;
import dev.postrider.chaos.storage.Storage;
import dev.postrider.support.FakeClock;
import dev.postrider.support.redis.RedisProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Clocks that jump, Redis's or a worker's: no worker loses its mail by that. */
public final class ClockFaults {

  private static final int LATEST_SECONDS = 5;
  private static final List<Duration> HOURS =
      List.of(Duration.ofHours(1), Duration.ZERO, Duration.ofHours(-1), Duration.ZERO);
  private static final List<Duration> DAYS =
      List.of(Duration.ofDays(1), Duration.ZERO, Duration.ofDays(-1), Duration.ZERO);

  private ClockFaults() {}

  /** A Redis whose clock can be set. */
  public static final class Clocked implements Storage {

    private final FakeClock clock = FakeClock.needed();
    private final RedisProcess server = RedisProcess.startBy(clock);

    @Override
    public RedisProcess server() {
      return server;
    }

    @Override
    public Map<String, String> settings() {
      return Map.of("QUARKUS_REDIS_HOSTS", server.url());
    }

    @Override
    public void close() {
      server.close();
    }
  }

  /** Redis's clock jumps by an hour and back, in both directions. */
  public static void ofRedis(ScenarioRun scenarioRun, Size size) {
    scenarioRun.startWorkers(2);
    jump(scenarioRun, size, ((Clocked) scenarioRun.storage()).clock, HOURS);
  }

  /** The clock of both workers jumps by a day and back, in both directions. */
  public static void ofWorkers(ScenarioRun scenarioRun, Size size) {
    FakeClock clock = FakeClock.needed();
    scenarioRun.set(clock.environment());
    scenarioRun.startWorkers(2);
    jump(scenarioRun, size, clock, DAYS);
  }

  private static void jump(
      ScenarioRun scenarioRun, Size size, FakeClock clock, List<Duration> times) {
    scenarioRun.expect(checkResult -> checkResult.duplicates() == 0, "0 sent twice");
    scenarioRun.watchDueTimes(times.get(0));
    int[] turn = {0};
    Load load = Load.mixed(size, LATEST_SECONDS).uncancelled();
    new Rounds(scenarioRun, size, load).play(() -> clock.jump(times.get(turn[0]++ % times.size())));
    clock.jump(Duration.ZERO);
  }
}
