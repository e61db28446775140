package dev.postrider.smtp;

import io.vertx.core.Context;
import java.util.List;

/**
 * Tells the owners of mails what became of them. A fault of one listener harms no other mail; the
 * context reports it.
 */
final class Herald {

  private final Context context;
  private boolean late;

  Herald(Context context) {
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

  void tell(Parcel parcel, Transmission outcome) {
    if (late) {
      context.runOnContext(later -> parcel.tell(outcome));
    } else {
      tellNow(parcel, outcome);
    }
  }

  void tell(List<Parcel> parcels, Transmission outcome) {
    for (Parcel parcel : parcels) {
      tell(parcel, outcome);
    }
  }

  private void tellNow(Parcel parcel, Transmission outcome) {
    try {
      parcel.tell(outcome);
    } catch (RuntimeException fault) {
      context.runOnContext(
          later -> {
            throw fault;
          });
    }
  }
}
