package dev.postrider.doctor;

import dev.postrider.queue.EntryTime;
import dev.postrider.queue.admin.LastEntryId;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * Checks the last id of a ready stream. An id that a producer has chosen and that is later than the
 * clock is a lower bound for all later ids: with the highest one the stream takes no more mail.
 */
final class EntryIdCheck implements Check {

  private final LastEntryId lastEntryId;
  private final String queue;

  EntryIdCheck(Link link, String prefix, String queue) {
    this.lastEntryId = new LastEntryId(link, prefix, queue);
    this.queue = queue;
  }

  @Override
  public String subject() {
    return "queue " + queue + " ids";
  }

  @Override
  @CheckReturnValue
  public Uni<List<Diagnosis>> run() {
    return lastEntryId.read().map(id -> List.of(diagnosis(id)));
  }

  private Diagnosis diagnosis(String id) {
    long millis = EntryTime.millis(id);
    return millis == 0 || EntryTime.isTime(millis, System.currentTimeMillis())
        ? Diagnosis.ok(subject(), "times by Redis's clock")
        : Diagnosis.fail(
            subject(),
            "the last id is " + id + ", which is no time in ms: a producer has chosen it",
            "Let producers write XADD with the id *. Later ids cannot be lower: when the queue is"
                + " empty, pause it and delete its ready stream, before the ids are used up.");
  }
}
