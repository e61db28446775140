package dev.postrider.smtp;

import dev.postrider.handler.ErrorBoundary;
import io.vertx.core.Context;
import java.util.List;

/** Completes the result futures. An exception in one listener affects no other mail. */
final class ResultNotifier {

  private final Context context;
  private final ErrorBoundary boundary;
  private boolean deferring;

  ResultNotifier(Context context, ErrorBoundary boundary) {
    this.context = context;
    this.boundary = boundary;
  }

  /**
   * Results that are known during this action are completed on a later turn: a listener that sends
   * the next mail would otherwise recurse without end.
   */
  void deferDuring(Runnable action) {
    deferring = true;
    try {
      action.run();
    } finally {
      deferring = false;
    }
  }

  void complete(PooledMail mail, SendResult result) {
    if (deferring) {
      context.runOnContext(boundary.handler("result", later -> mail.complete(result)));
    } else {
      completeNow(mail, result);
    }
  }

  void complete(List<PooledMail> mails, SendResult result) {
    for (PooledMail mail : mails) {
      complete(mail, result);
    }
  }

  /** The first of these mails has a result of its own. */
  void complete(List<PooledMail> mails, SendResult first, SendResult others) {
    for (PooledMail mail : mails) {
      complete(mail, mail == mails.get(0) ? first : others);
    }
  }

  private void completeNow(PooledMail mail, SendResult result) {
    try {
      mail.complete(result);
    } catch (RuntimeException | Error error) {
      boundary.failed("result", error);
    }
  }
}
