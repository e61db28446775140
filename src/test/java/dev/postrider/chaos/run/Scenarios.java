package dev.postrider.chaos.run;

import dev.postrider.chaos.faults.ClockFaults;
import dev.postrider.chaos.faults.DataFaults;
import dev.postrider.chaos.faults.DiskFaults;
import dev.postrider.chaos.faults.MailServerFaults;
import dev.postrider.chaos.faults.MixedFaults;
import dev.postrider.chaos.faults.PhaseFaults;
import dev.postrider.chaos.faults.RedisFaults;
import dev.postrider.chaos.faults.ReplicaFaults;
import dev.postrider.chaos.faults.WorkerFaults;
import dev.postrider.chaos.storage.ClusterStorage;
import dev.postrider.chaos.storage.Storage;
import dev.postrider.chaos.storage.WatchedStorage;
import dev.postrider.support.redis.RedisProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The plan: every fault, and how large it is played at each scale. */
public final class Scenarios {

  private static final Duration QUICK = Duration.ofMillis(20);
  private static final Duration SLOW = Duration.ofMillis(150);

  private Scenarios() {}

  public static final List<Scenario> ALL =
      List.of(
          scenario("T1", "none (control)", QUICK, WorkerFaults::none)
              .sized(new Size(1_500, 400, 0), new Size(40_000, 1_000, 0)),
          scenario("T2", "kill -9 of a worker", SLOW, WorkerFaults::killAtRandom)
              .sized(new Size(2_000, 150, 3), new Size(200_000, 600, 100)),
          scenario("T3a", "kill -9 before the final dot", QUICK, PhaseFaults::killBeforeDot)
              .sized(new Size(12, 100, 1), new Size(40, 100, 10)),
          scenario("T3b", "kill -9 after the dot, before 250", QUICK, PhaseFaults::killAfterDot)
              .sized(new Size(12, 100, 1), new Size(40, 100, 10)),
          scenario("T3c", "kill -9 after 250, unsettled", SLOW, PhaseFaults::killBeforeSettle)
              .sized(new Size(12, 100, 1), new Size(40, 100, 10)),
          scenario("T3d", "kill -9 after settling", QUICK, PhaseFaults::killAfterSettle)
              .sized(new Size(12, 3, 1), new Size(30, 3, 10)),
          scenario("T3e", "kill -9 before an intent is noted", QUICK, PhaseFaults::killBeforeIntent)
              .sized(new Size(12, 100, 1), new Size(40, 100, 10)),
          scenario("T3f", "kill -9 after an intent is noted", QUICK, PhaseFaults::killAfterIntent)
              .sized(new Size(12, 100, 1), new Size(40, 100, 10)),
          scenario("T4", "server hangs up after the dot", QUICK, PhaseFaults::dropAfterDot)
              .sized(new Size(1_000, 400, 20), new Size(20_000, 1_000, 400)),
          scenario("T5", "SIGTERM, rolling restart", SLOW, WorkerFaults::rollingRestart)
              .sized(new Size(1_000, 200, 2), new Size(20_000, 500, 20)),
          scenario("T5b", "SIGTERM before the dot", QUICK, WorkerFaults::leaveBeforeDot)
              .large(new Size(20, 400, 0)),
          scenario("T6", "worker stopped beyond its lease", SLOW, WorkerFaults::sleepBeyondLease)
              .sized(new Size(1_000, 150, 1), new Size(16_000, 100, 16)),
          scenario(
                  "T6b",
                  "the same mail in sleeping hands",
                  QUICK,
                  WorkerFaults::sleepWithTheSameMail)
              .sized(new Size(50, 200, 3), new Size(1_000, 200, 8)),
          scenario("T6c", "worker stopped before the dot", QUICK, WorkerFaults::sleepBeforeDot)
              .large(new Size(20, 400, 0)),
          scenario("T6d", "worker cut off before the dot", QUICK, WorkerFaults::cutOffBeforeDot)
              .large(new Size(20, 400, 0)),
          scenario("T7", "kill -9 of Redis, appendfsync always", QUICK, RedisFaults::killRedis)
              .sized(new Size(1_500, 300, 2), new Size(30_000, 500, 30)),
          scenario("T8a", "Redis loses its last second, everysec", QUICK, DiskFaults::cutTail)
              .on(() -> Storage.of(RedisProcess.startInstalled()))
              .sized(new Size(900, 200, 1), new Size(16_000, 500, 10)),
          scenario("T8b", "a torn write, appendfsync always", QUICK, DiskFaults::tearTail)
              .large(new Size(8_000, 500, 5)),
          scenario("T9a", "Sentinel: master killed", QUICK, ReplicaFaults::killMaster)
              .on(WatchedStorage::new)
              .large(new Size(16_000, 500, 8)),
          scenario(
                  "T9b", "Sentinel: master killed, WAIT 1", QUICK, ReplicaFaults::killMasterWaiting)
              .on(WatchedStorage::new)
              .large(new Size(16_000, 500, 8)),
          scenario("T10a", "Cluster: master killed", QUICK, ReplicaFaults::killMaster)
              .on(ClusterStorage::new)
              .large(new Size(12_000, 500, 6)),
          scenario("T10b", "Cluster: the slot moves", QUICK, ReplicaFaults::moveSlot)
              .on(ClusterStorage::new)
              .sized(new Size(900, 300, 1), new Size(10_000, 500, 10)),
          scenario(
                  "T11", "Redis: latency, holes, RST, lost replies", QUICK, RedisFaults::badNetwork)
              .sized(new Size(1_500, 150, 1), new Size(20_000, 300, 10)),
          scenario("T12", "a troubled mail server", QUICK, MailServerFaults::mixedTrouble)
              .sized(new Size(300, 200, 1), new Size(10_000, 300, 5)),
          scenario("T13a", "SCRIPT FLUSH", QUICK, RedisFaults::forgetScripts)
              .sized(new Size(600, 300, 5), new Size(10_000, 500, 100)),
          scenario("T13b", "XGROUP DESTROY", SLOW, RedisFaults::destroyGroup)
              .sized(new Size(600, 200, 2), new Size(10_000, 500, 20)),
          scenario("T13c", "Redis out of memory", QUICK, RedisFaults::outOfMemory)
              .sized(new Size(1_500, 500, 1), new Size(10_000, 500, 1)),
          scenario("T13d", "a key of the wrong type", QUICK, RedisFaults::wrongType)
              .sized(new Size(600, 200, 1), new Size(10_000, 500, 10)),
          scenario("T13e", "FLUSHALL", SLOW, DataFaults::eraseAll)
              .sized(new Size(600, 300, 1), new Size(5_000, 500, 5)),
          scenario("T13f", "XGROUP DELCONSUMER", SLOW, DataFaults::deleteConsumers)
              .sized(new Size(600, 300, 2), new Size(5_000, 500, 10)),
          scenario("T13g", "XTRIM by a producer", SLOW, DataFaults::trim)
              .sized(new Size(1_500, 2_000, 1), new Size(10_000, 2_000, 5)),
          scenario("T13h", "rights taken away and given back", QUICK, DataFaults::takeRights)
              .sized(new Size(600, 200, 1), new Size(5_000, 500, 5)),
          scenario("T14a", "Redis's clock: ±1 h", QUICK, ClockFaults::ofRedis)
              .on(ClockFaults.Clocked::new)
              .large(new Size(8_000, 500, 8)),
          scenario("T14b", "the workers' clock: ±1 day", QUICK, ClockFaults::ofWorkers)
              .large(new Size(8_000, 500, 8)),
          scenario("T15", "a mail whose workers die", QUICK, WorkerFaults::poison)
              .sized(new Size(100, 200, 3), new Size(1_000, 200, 3)),
          scenario("T16", "all of it, as the seed says", QUICK, MixedFaults::play)
              .large(new Size(40_000, 500, 60)),
          scenario("T17", "the same key five times", QUICK, WorkerFaults::sameKey)
              .sized(new Size(500, 400, 0), new Size(10_000, 1_000, 0)));

  public static Scenario named(String name) {
    return ALL.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  private static Storage durable() {
    return Storage.of(RedisProcess.startDurable());
  }

  private static Draft scenario(String name, String fault, Duration delay, Scenario.Play play) {
    return new Draft(name, fault, delay, play, Scenarios::durable);
  }

  /** A row that still lacks its sizes. */
  private record Draft(
      String name, String fault, Duration delay, Scenario.Play play, Supplier<Storage> storage) {

    private static final int SOAK = 10;

    /** Played on another Redis than one server that forgets nothing. */
    Draft on(Supplier<Storage> other) {
      return new Draft(name, fault, delay, play, other);
    }

    /** A soak is the long run, ten times as large. */
    Scenario sized(Size gate, Size full) {
      return at(Map.of(Scale.GATE, gate, Scale.FULL, full, Scale.SOAK, tenfold(full)));
    }

    /** No part of every build. */
    Scenario large(Size full) {
      return at(Map.of(Scale.FULL, full, Scale.SOAK, tenfold(full)));
    }

    private static Size tenfold(Size size) {
      return new Size(size.mails() * SOAK, size.perSecond(), size.faults() * SOAK);
    }

    private Scenario at(Map<Scale, Size> sizes) {
      return new Scenario(name, fault, delay, sizes, play, storage, ScenarioRun.WAIT_TIMEOUT);
    }
  }
}
