package dev.postrider.worker;

import dev.postrider.guard.GuardedMail;
import dev.postrider.guard.Verdict;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Asks the guards about mail of one queue. */
@FunctionalInterface
public interface GuardCheck {

  /** One verdict for each mail, in order. */
  @CheckReturnValue
  Uni<List<Verdict>> check(String queue, List<GuardedMail> mails);
}
