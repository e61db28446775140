package dev.postrider.guard;

import dev.postrider.timing.Batcher;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Deletes the topics {@code mail/<id>} of cancelled mails that have ended, in batches. A topic that
 * remains takes 100 bytes and would cancel a later mail of the same id, so a failure is retried.
 */
public final class CancelTopicCleaner {

  private static final Logger LOG = Logger.getLogger(CancelTopicCleaner.class);
  private static final Duration RETRY_DELAY = Duration.ofSeconds(1);
  private static final int RETRIES_MAX = 10;
  private static final Duration BATCH_DELAY = Duration.ofMillis(100);

  /** Redis takes 0.2 µs for each topic. */
  private static final Batcher.Limits LIMITS = new Batcher.Limits(500, 8);

  private final Context context;
  private final Guards guards;
  private final Batcher<String> batcher = new Batcher<>(LIMITS, this::later, this::delete);

  /**
   * @param context the event loop this cleaner lives on
   */
  public CancelTopicCleaner(Context context, Guards guards) {
    this.context = context;
    this.guards = guards;
  }

  /** Adds a mail that has ended. */
  public void add(String mailId) {
    batcher.add(mailId);
  }

  /** Deletes the topics that still wait, without a retry. */
  @CheckReturnValue
  public Uni<Void> close() {
    List<String> mailIds = batcher.drain();
    return mailIds.isEmpty() ? Uni.createFrom().voidItem() : guards.deleteTopicsOf(mailIds);
  }

  private void later(Runnable send) {
    context.owner().setTimer(BATCH_DELAY.toMillis(), fired -> send.run());
  }

  private Uni<Void> delete(List<String> mailIds) {
    return guards
        .deleteTopicsOf(mailIds)
        .onFailure()
        .retry()
        .withBackOff(RETRY_DELAY)
        .atMost(RETRIES_MAX)
        .onFailure()
        .invoke(CancelTopicCleaner::logFailure);
  }

  private static void logFailure(Throwable failure) {
    LOG.debugf("Topics of finished mails remain in the guards: %s.", failure.getMessage());
  }
}
