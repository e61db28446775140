package dev.postrider.guard;

import io.vertx.core.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Forgets the topics of single mails that have ended: one command for all that ended in the same
 * turn of the event loop. A topic that outlives its mail costs 100 bytes, and would cancel a later
 * mail of the same id; so a failure is tried again.
 */
public final class Forgetter {

  private static final Logger LOG = Logger.getLogger(Forgetter.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int TRIES_MAX = 10;

  private final Context context;
  private final Guards guards;
  private List<String> ended = new ArrayList<>();

  /**
   * @param context the event loop this forgetter lives on
   */
  public Forgetter(Context context, Guards guards) {
    this.context = context;
    this.guards = guards;
  }

  /** Notes a mail that has ended. */
  public void forget(String mailId) {
    if (ended.isEmpty()) {
      context.runOnContext(turn -> flush());
    }
    ended.add(mailId);
  }

  private void flush() {
    List<String> batch = ended;
    ended = new ArrayList<>();
    guards
        .forget(batch)
        .onFailure()
        .retry()
        .withBackOff(PAUSE)
        .atMost(TRIES_MAX)
        .subscribe()
        .with(done -> LOG.tracef("%d topics forgotten", batch.size()), Forgetter::complain);
  }

  private static void complain(Throwable failure) {
    LOG.debugf("Topics of ended mail stay in the guards: %s.", failure.getMessage());
  }
}
