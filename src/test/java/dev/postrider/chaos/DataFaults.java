package dev.postrider.chaos;

import dev.postrider.support.RedisClient;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What people do to the data of a Redis they share: erase it, trim it, take rights away. */
final class DataFaults {

  private static final int LATEST_SECONDS = 5;
  private static final String GROUP = "postrider";

  /** What a careless producer takes for enough. */
  private static final int KEPT = 100;

  private static final List<String> USERS = List.of("default", "worker");

  private DataFaults() {}

  /** Everything is gone: what was waiting is lost and no more; new mail flows at once. */
  static void eraseAll(Stage stage, Size size) {
    stage.startWorkers(2);
    Load load = Load.mixed(size, LATEST_SECONDS).uncancelled();
    new Rounds(stage, size, load).play(() -> eraseAll(stage));
  }

  private static void eraseAll(Stage stage) {
    try (RedisClient redis = stage.redis().client()) {
      Ends.Erased erased = Ends.erase(redis);
      stage.archive(erased.ends());
      stage.note(erased(erased.mails()));
    }
  }

  private static Incident erased(Set<String> mails) {
    return new Incident(Incident.Kind.ERASED, System.currentTimeMillis(), mails);
  }

  /** A producer trims the stream to what it takes for enough. */
  static void trim(Stage stage, Size size) {
    stage.startWorkers(2);
    Load load = Load.mixed(size, LATEST_SECONDS);
    stage.expect(verdict -> alarmed(stage, verdict), "the loss counted and told");
    new Rounds(stage, size, load).play(() -> trim(stage, KEPT));
  }

  /** A worker that starts when all is over tells what is missing in all. */
  private static boolean alarmed(Stage stage, Verdict verdict) {
    stage.startWorker();
    String alarm = "are lost: " + verdict.lost() + " in all";
    return verdict.lost() > 0 && stage.eventually(() -> stage.anyoneSaid(alarm));
  }

  private static void trim(Stage stage, int kept) {
    try (RedisClient redis = stage.redis().client()) {
      List<Object> replies =
          redis.pipeline(
              List.of(
                  List.of("MULTI"),
                  List.of("XREVRANGE", Producer.READY, "+", "-"),
                  List.of("XTRIM", Producer.READY, "MAXLEN", "=", kept),
                  List.of("EXEC")));
      List<?> entries = (List<?>) ((List<?>) replies.get(3)).get(0);
      stage.note(
          erased(
              entries.stream()
                  .skip(kept)
                  .map(String::valueOf)
                  .map(Ends::idIn)
                  .collect(Collectors.toSet())));
    }
  }

  /** The consumers of living workers disappear, and with them the note of what they have. */
  static void deleteConsumers(Stage stage, Size size) {
    stage.startWorkers(2);
    Load load = Load.mixed(size, LATEST_SECONDS);
    new Rounds(stage, size, load).play(() -> deleteConsumers(stage));
  }

  private static void deleteConsumers(Stage stage) {
    try (RedisClient redis = stage.redis().client()) {
      for (Object consumer : (List<?>) redis.command("XINFO", "CONSUMERS", Producer.READY, GROUP)) {
        redis.command("XGROUP", "DELCONSUMER", Producer.READY, GROUP, ((List<?>) consumer).get(1));
      }
    }
  }

  /** Rights are taken away until nothing flows any more, and given back. */
  static void takeRights(Stage stage, Size size) {
    stage.startWorkers(2);
    Load load = Load.mixed(size, LATEST_SECONDS);
    new Rounds(stage, size, load).play(() -> takeRights(stage));
  }

  private static void takeRights(Stage stage) {
    try (RedisClient redis = stage.redis().client()) {
      USERS.forEach(user -> redis.command("ACL", "SETUSER", user, "-evalsha", "-xreadgroup"));
      stage.awaitStill();
      USERS.forEach(user -> redis.command("ACL", "SETUSER", user, "+evalsha", "+xreadgroup"));
    }
  }
}
