package dev.postrider.chaos;

import dev.postrider.support.Cut;
import dev.postrider.support.Flow;
import dev.postrider.support.Lane;
import dev.postrider.support.RedisClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What happens to Redis, to the network before it, and to its data. */
final class RedisFaults {

  private static final int LATEST_SECONDS = 5;
  private static final String TOTALS = "mail:{default}:totals";
  private static final Duration LATENCY = Duration.ofMillis(200);
  private static final String SETTLED_ONE = "*1\r\n:1\r\n";

  private RedisFaults() {}

  /** Redis dies and comes back with its append-only file: nothing is lost or sent twice. */
  static void killRedis(Stage stage, Size size) {
    stage.startWorkers(2);
    Producer producer = stage.produce(Load.mixed(size, LATEST_SECONDS));
    everySoOften(
        stage,
        size,
        () -> {
          stage.redis().kill9();
          stage.redis().restart();
        });
    producer.await();
  }

  /** Latency, a black hole each way, a reset, and settling scripts whose reply is lost. */
  static void badNetwork(Stage stage, Size size) {
    stage.startBehindProxy();
    stage.startBehindProxy();
    Producer producer = stage.produce(Load.mixed(size, LATEST_SECONDS));
    int step = size.mails() * 8 / 10 / (5 * size.faults() + 1);
    int at = 0;
    for (int round = 0; round < size.faults(); round++) {
      stage.awaitTaken(at += step);
      stage.proxy().flow(Flow.delay(LATENCY));
      stage.awaitTaken(at += step / 2);
      stage.proxy().heal();
      stage.awaitTaken(at += step / 2);
      blackHole(stage, Lane.UP);
      stage.awaitTaken(at += step);
      blackHole(stage, Lane.DOWN);
      stage.awaitTaken(at += step);
      stage.proxy().killAll();
      stage.awaitTaken(at += step);
      stage.proxy().cutOnce(Cut.before(Lane.DOWN, SETTLED_ONE));
    }
    producer.await();
  }

  /** Long enough that no mail flows any more: every lease has run out. */
  private static void blackHole(Stage stage, Lane lane) {
    stage.proxy().flow(lane, Flow.swallow());
    stage.awaitStill();
    stage.proxy().heal();
  }

  /** Redis forgets every script. */
  static void forgetScripts(Stage stage, Size size) {
    stage.startWorkers(2);
    Producer producer = stage.produce(Load.mixed(size, LATEST_SECONDS));
    everySoOften(stage, size, () -> command(stage, "SCRIPT", "FLUSH"));
    producer.await();
  }

  /** The consumer group disappears: it is made again from the beginning of the stream. */
  static void destroyGroup(Stage stage, Size size) {
    stage.startWorkers(2);
    Producer producer = stage.produce(Load.mixed(size, LATEST_SECONDS));
    everySoOften(stage, size, () -> destroy(stage));
    producer.await();
  }

  private static void destroy(Stage stage) {
    try (RedisClient redis = stage.redis().client()) {
      Set<String> forgotten = new PendingMails(redis).destroyGroup();
      stage.note(new Incident(Incident.Kind.AMNESIA, System.currentTimeMillis(), forgotten));
    }
  }

  /** No memory is left: producers are refused, and what was accepted is sent all the same. */
  static void outOfMemory(Stage stage, Size size) {
    stage.startWorkers(2);
    Producer producer = stage.produce(Load.mixed(size, LATEST_SECONDS));
    stage.awaitTaken(size.mails() / 3);
    command(stage, "CONFIG", "SET", "maxmemory", "1mb");
    producer.await();
  }

  /** A key of the worker's own turns into something else for a while. */
  static void wrongType(Stage stage, Size size) {
    stage.startWorkers(2);
    Producer producer = stage.produce(Load.mixed(size, LATEST_SECONDS));
    everySoOften(stage, size, () -> clash(stage));
    producer.await();
  }

  private static void clash(Stage stage) {
    try (RedisClient redis = stage.redis().client()) {
      redis.pipeline(
          List.of(
              List.of("MULTI"),
              List.of("RENAME", TOTALS, TOTALS + "-aside"),
              List.of("SET", TOTALS, "not a hash"),
              List.of("EXEC")));
      stage.awaitStill();
      redis.command("RENAME", TOTALS + "-aside", TOTALS);
    }
  }

  private static void everySoOften(Stage stage, Size size, Runnable fault) {
    int step = size.mails() * 8 / 10 / (size.faults() + 1);
    for (int each = 1; each <= size.faults(); each++) {
      stage.awaitTaken(each * step);
      fault.run();
    }
  }

  private static void command(Stage stage, Object... words) {
    try (RedisClient redis = stage.redis().client()) {
      redis.command(words);
    }
  }
}
