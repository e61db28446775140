package dev.postrider.chaos.faults;

import dev.postrider.chaos.run.CheckResult;
import dev.postrider.chaos.run.Incident;
import dev.postrider.chaos.run.Load;
import dev.postrider.chaos.run.LoadProducer;
import dev.postrider.chaos.run.Rounds;
import dev.postrider.chaos.run.ScenarioRun;
import dev.postrider.chaos.run.Size;
import dev.postrider.chaos.witness.Ends;
import dev.postrider.support.redis.RedisClient;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What people do to the data of a Redis they share: erase it, trim it, take rights away. */
public final class DataFaults {

  private static final int LATEST_SECONDS = 5;
  private static final String GROUP = "postrider";

  /** What a careless producer takes for enough. */
  private static final int KEPT = 100;

  private static final List<String> USERS = List.of("default", "worker");

  private DataFaults() {}

  /** Everything is gone: what was waiting is lost and no more; new mail flows at once. */
  public static void eraseAll(ScenarioRun scenarioRun, Size size) {
    scenarioRun.startWorkers(2);
    Load load = Load.mixed(size, LATEST_SECONDS).uncancelled();
    new Rounds(scenarioRun, size, load).play(() -> eraseAll(scenarioRun));
  }

  private static void eraseAll(ScenarioRun scenarioRun) {
    try (RedisClient redis = scenarioRun.redis().client()) {
      Ends.Erased erased = Ends.erase(redis);
      scenarioRun.archive(erased.ends());
      scenarioRun.note(erased(erased.mails()));
    }
  }

  private static Incident erased(Set<String> mails) {
    return new Incident(Incident.Kind.ERASED, System.currentTimeMillis(), mails);
  }

  /** A producer trims the stream to what it takes for enough. */
  public static void trim(ScenarioRun scenarioRun, Size size) {
    scenarioRun.startWorkers(2);
    Load load = Load.mixed(size, LATEST_SECONDS);
    scenarioRun.expect(
        checkResult -> alarmed(scenarioRun, checkResult), "the loss counted and told");
    new Rounds(scenarioRun, size, load).play(() -> trim(scenarioRun, KEPT));
  }

  /** A worker that starts when all is over tells what is missing in all. */
  private static boolean alarmed(ScenarioRun scenarioRun, CheckResult checkResult) {
    scenarioRun.startWorker();
    String alarm = "are lost: " + checkResult.lost() + " in all";
    return checkResult.lost() > 0 && scenarioRun.eventually(() -> scenarioRun.anyoneSaid(alarm));
  }

  private static void trim(ScenarioRun scenarioRun, int kept) {
    try (RedisClient redis = scenarioRun.redis().client()) {
      List<Object> replies =
          redis.pipeline(
              List.of(
                  List.of("MULTI"),
                  List.of("XREVRANGE", LoadProducer.READY, "+", "-"),
                  List.of("XTRIM", LoadProducer.READY, "MAXLEN", "=", kept),
                  List.of("EXEC")));
      List<?> entries = (List<?>) ((List<?>) replies.get(3)).get(0);
      scenarioRun.note(
          erased(
              entries.stream()
                  .skip(kept)
                  .map(String::valueOf)
                  .map(Ends::idIn)
                  .collect(Collectors.toSet())));
    }
  }

  /** The consumers of living workers disappear, and with them the note of what they have. */
  public static void deleteConsumers(ScenarioRun scenarioRun, Size size) {
    scenarioRun.startWorkers(2);
    Load load = Load.mixed(size, LATEST_SECONDS);
    new Rounds(scenarioRun, size, load).play(() -> deleteConsumers(scenarioRun));
  }

  private static void deleteConsumers(ScenarioRun scenarioRun) {
    try (RedisClient redis = scenarioRun.redis().client()) {
      for (Object consumer :
          (List<?>) redis.command("XINFO", "CONSUMERS", LoadProducer.READY, GROUP)) {
        redis.command(
            "XGROUP", "DELCONSUMER", LoadProducer.READY, GROUP, ((List<?>) consumer).get(1));
      }
    }
  }

  /** Rights are taken away until nothing flows any more, and given back. */
  public static void takeRights(ScenarioRun scenarioRun, Size size) {
    scenarioRun.startWorkers(2);
    Load load = Load.mixed(size, LATEST_SECONDS);
    new Rounds(scenarioRun, size, load).play(() -> takeRights(scenarioRun));
  }

  private static void takeRights(ScenarioRun scenarioRun) {
    try (RedisClient redis = scenarioRun.redis().client()) {
      USERS.forEach(user -> redis.command("ACL", "SETUSER", user, "-evalsha", "-xreadgroup"));
      scenarioRun.awaitStill();
      USERS.forEach(user -> redis.command("ACL", "SETUSER", user, "+evalsha", "+xreadgroup"));
    }
  }
}
