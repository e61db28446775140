package dev.postrider.chaos;

import dev.postrider.support.RedisClient;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks Redis which mails are read and not settled, all at one moment. */
final class PendingMails {

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

  PendingMails(RedisClient redis) {
    this.redis = redis;
  }

  /** Of one worker, by the ids in their JSON. */
  Set<String> of(WorkerProcess worker) {
    return ids(redis.command("EVAL_RO", ASK, 1, Producer.READY, GROUP, worker.name() + "-"));
  }

  /** Of all workers. */
  Set<String> ofAll() {
    return ids(redis.command("EVAL_RO", ASK, 1, Producer.READY, GROUP, ""));
  }

  /** Of all workers; in the same moment the group disappears. */
  Set<String> destroyGroup() {
    return ids(redis.command("EVAL", DESTROY, 1, Producer.READY, GROUP, ""));
  }

  private static Set<String> ids(Object contents) {
    return ((List<?>) contents)
        .stream().map(String::valueOf).map(Ends::idIn).collect(Collectors.toSet());
  }
}
