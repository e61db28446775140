package dev.postrider.worker.fetch;

import dev.postrider.guard.GuardedMail;
import dev.postrider.guard.Verdict;
import dev.postrider.mail.Outcome;
import dev.postrider.mail.Reason;
import dev.postrider.worker.Attempt;
import dev.postrider.worker.GuardCheck;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Asks the guards about a whole batch at once: mail that is not due or void is decided, mail of a
 * paused queue is put back, the rest may be sent.
 */
public final class BatchCheck {

  private static final Logger LOG = Logger.getLogger(BatchCheck.class);

  private static final Verdict.Cases<Optional<UnaryOperator<Attempt>>> STEPS = new Steps();

  private final GuardCheck guards;
  private final Fetcher fetcher;

  public BatchCheck(GuardCheck guards, Fetcher fetcher) {
    this.guards = guards;
    this.fetcher = fetcher;
  }

  /** Emits those that start now. If it fails, all of the batch are put back. */
  @CheckReturnValue
  public Uni<List<Attempt>> check(List<Attempt> batch) {
    if (batch.isEmpty()) {
      return Uni.createFrom().item(batch);
    }
    Map<String, List<Attempt>> byQueue =
        batch.stream().collect(Collectors.groupingBy(attempt -> attempt.entry().queue()));
    return Uni.join()
        .all(byQueue.entrySet().stream().map(e -> check(e.getKey(), e.getValue())).toList())
        .andFailFast()
        .map(parts -> parts.stream().flatMap(List::stream).toList())
        .onFailure()
        .invoke(failure -> fetcher.putBack(batch));
  }

  private Uni<List<Attempt>> check(String queue, List<Attempt> attempts) {
    List<Attempt> decided = new ArrayList<>(0);
    List<Attempt> undecided = new ArrayList<>(attempts.size());
    List<GuardedMail> guarded = new ArrayList<>(attempts.size());
    for (Attempt attempt : attempts) {
      try {
        if (attempt.isUndecided()) {
          guarded.add(attempt.forGuards());
          undecided.add(attempt);
        } else {
          decided.add(attempt);
        }
      } catch (RuntimeException bug) {
        decided.add(poison(attempt, bug));
      }
    }
    return Uni.createFrom()
        .deferred(() -> guards.check(queue, guarded))
        .map(verdicts -> apply(queue, decided, undecided, verdicts))
        .onFailure(fetcher::isAboutOneQueue)
        .recoverWithUni(failure -> fetcher.recover(queue, attempts, failure));
  }

  /** It must not stop the mails that were read with it. */
  private static Attempt poison(Attempt attempt, RuntimeException bug) {
    LOG.errorf(
        bug,
        "Entry %s met a bug in Postrider. It is dead, with its bytes; please report this.",
        attempt.entry().id());
    String detail = "a bug in Postrider: " + bug.getClass().getSimpleName();
    return attempt.withOutcome(new Outcome.Dead(Reason.POISON, "", detail, Optional.empty()));
  }

  private List<Attempt> apply(
      String queue, List<Attempt> decided, List<Attempt> undecided, List<Verdict> verdicts) {
    List<Attempt> starting = new ArrayList<>(decided);
    List<Attempt> paused = new ArrayList<>(0);
    for (int i = 0; i < undecided.size(); i++) {
      Optional<UnaryOperator<Attempt>> step = verdicts.get(i).match(STEPS);
      if (step.isPresent()) {
        starting.add(step.get().apply(undecided.get(i)));
      } else {
        paused.add(undecided.get(i));
      }
    }
    if (!paused.isEmpty()) {
      fetcher.putBackUntilResumed(queue, paused);
    }
    return starting;
  }

  /** What a verdict makes of an attempt that starts; empty if it does not start now. */
  private static final class Steps implements Verdict.Cases<Optional<UnaryOperator<Attempt>>> {

    private static final Optional<UnaryOperator<Attempt>> SEND =
        Optional.of(UnaryOperator.identity());

    @Override
    public Optional<UnaryOperator<Attempt>> send() {
      return SEND;
    }

    @Override
    public Optional<UnaryOperator<Attempt>> skip(Reason reason) {
      return Optional.of(attempt -> attempt.withOutcome(attempt.skipped(reason)));
    }

    @Override
    public Optional<UnaryOperator<Attempt>> notYet(Instant due) {
      return Optional.of(attempt -> attempt.withOutcome(new Outcome.Scheduled(due)));
    }

    @Override
    public Optional<UnaryOperator<Attempt>> paused() {
      return Optional.empty();
    }
  }
}
