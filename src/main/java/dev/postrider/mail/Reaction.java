package dev.postrider.mail;

import java.util.Locale;

/** What to do about a reply. */
public enum Reaction {
  /** The server does not work at the moment: connect again later. Uses no attempt. */
  RECONNECT,
  /** The server asks for less: wait. Uses no attempt. */
  THROTTLE,
  /** The server refuses us until a setting is changed. Uses no attempt. */
  ROUTE_DOWN,
  /** Try this mail again later. Uses an attempt. */
  RETRY,
  /** Too many recipients: send to the others at once in a further transaction. Uses no attempt. */
  SPLIT,
  /** This recipient, or this mail, is over. */
  REFUSE,
  /** The address does not exist: this recipient is over, and so is all mail to it. */
  REFUSE_AND_SUPPRESS;

  /** True if the recipient is never asked again. */
  public boolean isFinal() {
    return this == REFUSE || this == REFUSE_AND_SUPPRESS;
  }

  /** The word of the table, such as {@code route-down}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
