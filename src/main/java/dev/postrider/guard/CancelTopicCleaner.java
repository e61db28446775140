package dev.postrider.guard;

import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Deletes the {@code mail/<id>} topics of cancelled mails that have ended: one command for all that
 * ended within {@link #COLLECT_TIME}. A topic that outlives its mail takes 100 bytes and would
 * cancel a later mail of the same id, so a failure is retried.
 */
public final class CancelTopicCleaner {

  private static final Logger LOG = Logger.getLogger(CancelTopicCleaner.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int TRIES_MAX = 10;

  /** How long ids collect, and how many at most: Redis takes 0.2 µs for each. */
  private static final Duration COLLECT_TIME = Duration.ofMillis(100);

  private static final int BATCH_MAX = 500;

  private final Context context;
  private final Guards guards;
  private List<String> ended = new ArrayList<>();

  /**
   * @param context the event loop it lives on
   */
  public CancelTopicCleaner(Context context, Guards guards) {
    this.context = context;
    this.guards = guards;
  }

  /** Adds a mail that has ended. */
  public void add(String mailId) {
    if (ended.isEmpty()) {
      context.owner().setTimer(COLLECT_TIME.toMillis(), fired -> flush());
    }
    ended.add(mailId);
    if (ended.size() >= BATCH_MAX) {
      flush();
    }
  }

  /** Deletes what has collected, in one command without a retry. */
  @CheckReturnValue
  public Uni<Void> close() {
    return ended.isEmpty() ? Uni.createFrom().voidItem() : guards.deleteTopicsOf(gathered());
  }

  private List<String> gathered() {
    List<String> batch = ended;
    ended = new ArrayList<>();
    return batch;
  }

  private void flush() {
    if (ended.isEmpty()) {
      return;
    }
    List<String> batch = gathered();
    guards
        .deleteTopicsOf(batch)
        .onFailure()
        .retry()
        .withBackOff(PAUSE)
        .atMost(TRIES_MAX)
        .subscribe()
        .with(
            done -> LOG.tracef("%d topics forgotten", batch.size()), CancelTopicCleaner::complain);
  }

  private static void complain(Throwable failure) {
    LOG.debugf("Topics of ended mail stay in the guards: %s.", failure.getMessage());
  }
}
