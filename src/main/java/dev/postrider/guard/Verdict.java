package dev.postrider.guard;

import dev.postrider.mail.Reason;
import java.time.Instant;

/** What the guards say of one mail. */
public sealed interface Verdict {

  /** Send it now. */
  record Send() implements Verdict {}

  /** There is nothing to do any more. */
  record Skip(Reason reason) implements Verdict {}

  /** Its time has not come. */
  record NotYet(Instant due) implements Verdict {}

  /** Its queue is paused. */
  record Paused() implements Verdict {}
}
