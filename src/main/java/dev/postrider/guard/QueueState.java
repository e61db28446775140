package dev.postrider.guard;

import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What Redis knew when a batch was checked.
 *
 * @param now by Redis's clock
 * @param paused true while the queue rests
 * @param duplicates cases whose idempotency key belongs to an earlier mail
 */
record QueueState(Instant now, boolean paused, Set<GuardedMail> duplicates) {

  static QueueState parse(Response reply, List<GuardedMail> keyed) {
    Set<GuardedMail> duplicates = new HashSet<>();
    for (int i = 0; i < keyed.size(); i++) {
      if (!reply.get(i + 2).toString().equals(keyed.get(i).keyOwner())) {
        duplicates.add(keyed.get(i));
      }
    }
    return new QueueState(
        Instant.ofEpochMilli(reply.get(0).toLong()), reply.get(1).toInteger() == 1, duplicates);
  }
}
