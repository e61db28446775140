package dev.postrider.smtp;

import io.vertx.core.Context;
import java.util.List;

/**
 * Tells the owners of mails what became of them. A fault of one listener harms no other mail; the
 * context reports it.
 */
final class ResultNotifier {

  private final Context context;
  private boolean late;

  ResultNotifier(Context context) {
    this.context = context;
  }

  /**
   * What is decided during this action is told after it: whoever sends the next mail upon the
   * outcome of this one would otherwise recurse without end.
   */
  void lateDuring(Runnable action) {
    late = true;
    try {
      action.run();
    } finally {
      late = false;
    }
  }

  void tell(PooledMail pooledMail, SendResult outcome) {
    if (late) {
      context.runOnContext(later -> pooledMail.tell(outcome));
    } else {
      tellNow(pooledMail, outcome);
    }
  }

  void tell(List<PooledMail> pooledMails, SendResult outcome) {
    for (PooledMail pooledMail : pooledMails) {
      tell(pooledMail, outcome);
    }
  }

  private void tellNow(PooledMail pooledMail, SendResult outcome) {
    try {
      pooledMail.tell(outcome);
    } catch (RuntimeException fault) {
      context.runOnContext(
          later -> {
            throw fault;
          });
    }
  }
}
