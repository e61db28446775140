package dev.postrider.chaos.faults;

import dev.postrider.chaos.run.Incident;
import dev.postrider.chaos.run.Load;
import dev.postrider.chaos.run.LoadProducer;
import dev.postrider.chaos.run.ScenarioRun;
import dev.postrider.chaos.run.Size;
import dev.postrider.chaos.witness.PendingMails;
import dev.postrider.support.proxy.Cut;
import dev.postrider.support.proxy.Direction;
import dev.postrider.support.proxy.Flow;
import dev.postrider.support.redis.RedisClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What happens to Redis, to the network before it, and to its data. */
public final class RedisFaults {

  private static final int LATEST_SECONDS = 5;
  private static final String TOTALS = "mail:{default}:totals";
  private static final Duration LATENCY = Duration.ofMillis(200);
  private static final String SETTLED_ONE = "*1\r\n:1\r\n";

  private RedisFaults() {}

  /** Redis dies and comes back with its append-only file: nothing is lost or sent twice. */
  public static void killRedis(ScenarioRun scenarioRun, Size size) {
    scenarioRun.startWorkers(2);
    LoadProducer loadProducer = scenarioRun.produce(Load.mixed(size, LATEST_SECONDS));
    everySoOften(
        scenarioRun,
        size,
        () -> {
          scenarioRun.redis().kill9();
          scenarioRun.redis().restart();
        });
    loadProducer.await();
  }

  /** Latency, a black hole each way, a reset, and settling scripts whose reply is lost. */
  public static void badNetwork(ScenarioRun scenarioRun, Size size) {
    scenarioRun.startBehindProxy();
    scenarioRun.startBehindProxy();
    LoadProducer loadProducer = scenarioRun.produce(Load.mixed(size, LATEST_SECONDS));
    int step = size.mails() * 8 / 10 / (5 * size.faults() + 1);
    int at = 0;
    for (int round = 0; round < size.faults(); round++) {
      scenarioRun.awaitTaken(at += step);
      scenarioRun.proxy().flow(Flow.delay(LATENCY));
      scenarioRun.awaitTaken(at += step / 2);
      scenarioRun.proxy().heal();
      scenarioRun.awaitTaken(at += step / 2);
      blackHole(scenarioRun, Direction.UP);
      scenarioRun.awaitTaken(at += step);
      blackHole(scenarioRun, Direction.DOWN);
      scenarioRun.awaitTaken(at += step);
      scenarioRun.proxy().killAll();
      scenarioRun.awaitTaken(at += step);
      scenarioRun.proxy().cutOnce(Cut.before(Direction.DOWN, SETTLED_ONE));
    }
    loadProducer.await();
  }

  /** Long enough that no mail flows any more: every lease has run out. */
  private static void blackHole(ScenarioRun scenarioRun, Direction direction) {
    scenarioRun.proxy().flow(direction, Flow.swallow());
    scenarioRun.awaitStill();
    scenarioRun.proxy().heal();
  }

  /** Redis forgets every script. */
  public static void forgetScripts(ScenarioRun scenarioRun, Size size) {
    scenarioRun.startWorkers(2);
    LoadProducer loadProducer = scenarioRun.produce(Load.mixed(size, LATEST_SECONDS));
    everySoOften(scenarioRun, size, () -> command(scenarioRun, "SCRIPT", "FLUSH"));
    loadProducer.await();
  }

  /** The consumer group disappears: it is made again from the beginning of the stream. */
  public static void destroyGroup(ScenarioRun scenarioRun, Size size) {
    scenarioRun.startWorkers(2);
    LoadProducer loadProducer = scenarioRun.produce(Load.mixed(size, LATEST_SECONDS));
    everySoOften(scenarioRun, size, () -> destroy(scenarioRun));
    loadProducer.await();
  }

  private static void destroy(ScenarioRun scenarioRun) {
    try (RedisClient redis = scenarioRun.redis().client()) {
      Set<String> forgotten = new PendingMails(redis).destroyGroup();
      scenarioRun.note(new Incident(Incident.Kind.AMNESIA, System.currentTimeMillis(), forgotten));
    }
  }

  /** No memory is left: producers are refused, and what was accepted is sent all the same. */
  public static void outOfMemory(ScenarioRun scenarioRun, Size size) {
    scenarioRun.startWorkers(2);
    LoadProducer loadProducer = scenarioRun.produce(Load.mixed(size, LATEST_SECONDS));
    scenarioRun.awaitTaken(size.mails() / 3);
    command(scenarioRun, "CONFIG", "SET", "maxmemory", "1mb");
    loadProducer.await();
  }

  /** A key of the worker's own turns into something else for a while. */
  public static void wrongType(ScenarioRun scenarioRun, Size size) {
    scenarioRun.startWorkers(2);
    LoadProducer loadProducer = scenarioRun.produce(Load.mixed(size, LATEST_SECONDS));
    everySoOften(scenarioRun, size, () -> clash(scenarioRun));
    loadProducer.await();
  }

  private static void clash(ScenarioRun scenarioRun) {
    try (RedisClient redis = scenarioRun.redis().client()) {
      redis.pipeline(
          List.of(
              List.of("MULTI"),
              List.of("RENAME", TOTALS, TOTALS + "-aside"),
              List.of("SET", TOTALS, "not a hash"),
              List.of("EXEC")));
      scenarioRun.awaitStill();
      redis.command("RENAME", TOTALS + "-aside", TOTALS);
    }
  }

  private static void everySoOften(ScenarioRun scenarioRun, Size size, Runnable fault) {
    int step = size.mails() * 8 / 10 / (size.faults() + 1);
    for (int each = 1; each <= size.faults(); each++) {
      scenarioRun.awaitTaken(each * step);
      fault.run();
    }
  }

  private static void command(ScenarioRun scenarioRun, Object... words) {
    try (RedisClient redis = scenarioRun.redis().client()) {
      redis.command(words);
    }
  }
}
