package dev.postrider.smtp;

import io.vertx.core.Context;
import java.util.List;

/**
 * Tells the owners of mails what became of them. A fault of one listener harms no other mail; the
 * context reports it.
 */
final class ResultNotifier {

  private final Context context;
  private boolean deferring;

  ResultNotifier(Context context) {
    this.context = context;
  }

  /**
   * What is decided during this action is told after it: whoever sends the next mail upon the
   * outcome of this one would otherwise recurse without end.
   */
  void deferDuring(Runnable action) {
    deferring = true;
    try {
      action.run();
    } finally {
      deferring = false;
    }
  }

  void complete(PooledMail pooledMail, SendResult result) {
    if (deferring) {
      context.runOnContext(later -> pooledMail.complete(result));
    } else {
      completeNow(pooledMail, result);
    }
  }

  void complete(List<PooledMail> pooledMails, SendResult result) {
    for (PooledMail pooledMail : pooledMails) {
      complete(pooledMail, result);
    }
  }

  private void completeNow(PooledMail pooledMail, SendResult result) {
    try {
      pooledMail.complete(result);
    } catch (RuntimeException fault) {
      context.runOnContext(
          later -> {
            throw fault;
          });
    }
  }
}
