package dev.postrider.event;

import dev.postrider.mail.Outcome;
import dev.postrider.mail.Reason;
import dev.postrider.mail.Receipt;
import java.util.List;
import java.util.Locale;

/** What one attempt came to, whatever becomes of the mail: a short, closed list. */
public enum AttemptLabel {
  /** The server took the mail. */
  OK,
  /** It refused, and may yet take it. */
  TRANSIENT,
  /** It refused for good. */
  PERMANENT,
  /** It was not reached, hung up or gave no answer in time; the mail surely did not leave. */
  CONNECTION,
  /** It asked to be slower. */
  THROTTLED,
  /** It refused every session, so that all mail of the route waits. */
  ROUTE_DOWN,
  /** The connection was lost after the final dot. */
  UNKNOWN;

  /** Classes of replies by their first digit; 0 stands for no reply. */
  public static final List<String> REPLY_CLASSES = List.of("none", "2", "4", "5");

  private static final int[] CLASS_OF_DIGIT = {0, 0, 1, 0, 2, 3};

  private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The value of the label. */
  public String label() {
    return label;
  }

  static AttemptLabel of(Outcome outcome, Receipt receipt) {
    if (outcome.kind() == Outcome.Kind.SENT) {
      return OK;
    }
    if (receipt.any(Receipt.Fate.UNKNOWN)) {
      return UNKNOWN;
    }
    return switch (outcome.reasonIfAny().orElse(Reason.TRANSIENT)) {
      case REFUSED -> PERMANENT;
      case CONNECTION -> CONNECTION;
      case THROTTLED -> THROTTLED;
      case ROUTE_DOWN -> ROUTE_DOWN;
      default -> TRANSIENT;
    };
  }

  /**
   * True if such a result commonly comes with such a reply.
   *
   * @param replyClass place in {@link #REPLY_CLASSES}
   */
  public boolean isUsual(int replyClass) {
    return switch (this) {
      case OK -> replyClass == CLASS_OF_DIGIT[2];
      case TRANSIENT, THROTTLED -> replyClass == CLASS_OF_DIGIT[4];
      case PERMANENT, ROUTE_DOWN -> replyClass == CLASS_OF_DIGIT[5];
      case CONNECTION, UNKNOWN -> replyClass == 0;
    };
  }

  /** Place in {@link #REPLY_CLASSES}. */
  int replyClass(Receipt receipt) {
    if (this == OK) {
      return CLASS_OF_DIGIT[2];
    }
    return receipt
        .decisiveAnswer()
        .flatMap(Receipt.Answer::reply)
        .map(reply -> CLASS_OF_DIGIT[Math.min(5, reply.code() / 100)])
        .orElse(0);
  }
}
