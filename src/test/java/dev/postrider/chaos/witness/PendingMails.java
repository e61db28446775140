package dev.postrider.chaos.witness;

import dev.postrider.chaos.run.LoadProducer;
import dev.postrider.chaos.run.PackagedWorker;
import dev.postrider.support.redis.RedisClient;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks Redis which mails are read and not settled, all at one moment. */
public final class PendingMails {

  private static final String GROUP = "postrider";

  private static final String CONTENTS =
      """
      local pending = redis.pcall('XPENDING', KEYS[1], ARGV[1], '-', '+', 1000000)
      local contents = {}
      for _, each in ipairs(pending.err and {} or pending) do
        local entry = redis.call('XRANGE', KEYS[1], each[1], each[1])[1]
        if entry and string.sub(each[2], 1, #ARGV[2]) == ARGV[2] then
          contents[#contents + 1] = table.concat(entry[2], ' ')
        end
      end
      """;

  private static final String ASK = CONTENTS + "return contents";

  private static final String DESTROY =
      CONTENTS + "redis.call('XGROUP', 'DESTROY', KEYS[1], ARGV[1]) return contents";

  private final RedisClient redis;

  public PendingMails(RedisClient redis) {
    this.redis = redis;
  }

  /** Of one worker, by the ids in their JSON. */
  public Set<String> of(PackagedWorker worker) {
    return ids(redis.command("EVAL_RO", ASK, 1, LoadProducer.READY, GROUP, worker.name() + "-"));
  }

  /** Of all workers. */
  public Set<String> ofAll() {
    return ids(redis.command("EVAL_RO", ASK, 1, LoadProducer.READY, GROUP, ""));
  }

  /** Of all workers; in the same moment the group disappears. */
  public Set<String> destroyGroup() {
    return ids(redis.command("EVAL", DESTROY, 1, LoadProducer.READY, GROUP, ""));
  }

  private static Set<String> ids(Object contents) {
    return ((List<?>) contents)
        .stream().map(String::valueOf).map(Ends::idIn).collect(Collectors.toSet());
  }
}
