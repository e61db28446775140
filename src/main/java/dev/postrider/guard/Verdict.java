package dev.postrider.guard;

import dev.postrider.mail.Reason;
import java.time.Instant;

/** What the guards say of one mail. */
public sealed interface Verdict {

  /** The answer of the one case that applies. */
  <R> R match(Cases<R> cases);

  /** One answer per case, so that none is forgotten. */
  interface Cases<R> {
    R send();

    R skip(Reason reason);

    R notYet(Instant due);

    R paused();
  }

  /** Send it now. */
  record Send() implements Verdict {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.send();
    }
  }

  /** There is nothing to do any more. */
  record Skip(Reason reason) implements Verdict {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.skip(reason);
    }
  }

  /** Its time has not come. */
  record NotYet(Instant due) implements Verdict {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.notYet(due);
    }
  }

  /** Its queue is paused. */
  record Paused() implements Verdict {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.paused();
    }
  }
}
