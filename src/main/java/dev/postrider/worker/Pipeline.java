package dev.postrider.worker;

import dev.postrider.timing.WarnLimit;
import dev.postrider.worker.admission.Admission;
import dev.postrider.worker.fetch.BatchCheck;
import dev.postrider.worker.fetch.Fetcher;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.function.ObjIntConsumer;
import org.jboss.logging.Logger;

/**
 * The way of one mail: fetch, check, process, settle. One for each engine, on its event loop.
 *
 * <ol>
 *   <li><b>Fetch</b> ({@link Fetcher}): free slots are reserved, then at most so many entries are
 *       read from Redis and decoded into {@link Attempt}s.
 *   <li><b>Check</b> ({@link BatchCheck}): the guards decide about the whole batch in one round
 *       trip: who is due, still valid, not a duplicate, not paused.
 *   <li><b>Process</b> ({@link Processor}): the mail is sent and its outcome decided, if its route
 *       is healthy and has a slot for it ({@link Admission}); else it is parked.
 *   <li><b>Settle</b> ({@link OutcomeWriter}): the outcome is written to Redis and the slot is
 *       free.
 * </ol>
 *
 * An attempt that is decided early (not readable, not due, void) skips the sending and is settled
 * as all others. A mail that was read is either in flight or pending in Redis and read again.
 */
final class Pipeline {

  private static final Logger LOG = Logger.getLogger(Pipeline.class);

  /** Between two log lines about bugs. */
  private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

  private final WarnLimit bugs = new WarnLimit(LOG_INTERVAL, System::nanoTime);
  private final Fetcher fetcher;
  private final BatchCheck batchCheck;
  private final Admission admission;
  private final OutcomeWriter outcomeWriter;
  private final SentDots sentDots;

  Pipeline(
      Fetcher fetcher,
      BatchCheck batchCheck,
      Admission admission,
      OutcomeWriter outcomeWriter,
      SentDots sentDots) {
    this.fetcher = fetcher;
    this.batchCheck = batchCheck;
    this.admission = admission;
    this.outcomeWriter = outcomeWriter;
    this.sentDots = sentDots;
  }

  /** Makes the queues ready to be read. */
  @CheckReturnValue
  Uni<Void> prepare() {
    return fetcher.prepare();
  }

  /** Attempts that start now, until {@link #close()}; never fails. */
  @CheckReturnValue
  Multi<Attempt> attempts() {
    return Multi.createBy()
        .repeating()
        .uni(this::fetchAndCheck)
        .until(fetcher::isLast)
        .onItem()
        .disjoint();
  }

  private Uni<List<Attempt>> fetchAndCheck() {
    return fetcher
        .fetch()
        .chain(batchCheck::check)
        .invoke(fetcher::succeeded)
        .onFailure()
        .recoverWithUni(fetcher::backOff);
  }

  /** Emits the attempt once its outcome is written; never fails. */
  @CheckReturnValue
  Uni<Attempt> processAndSettle(Attempt attempt) {
    return Uni.createFrom()
        .deferred(() -> admission.process(attempt))
        .call(this::settle)
        .onFailure()
        .recoverWithItem(bug -> setAside(attempt, bug));
  }

  /** The entry may have come back from another worker meanwhile, and is read again then. */
  private Uni<Boolean> settle(Attempt attempt) {
    return outcomeWriter.settle(attempt).invoke(ours -> release(attempt, ours));
  }

  private void release(Attempt attempt, boolean ours) {
    fetcher.release(attempt);
    sentDots.settled(attempt.entry());
    if (!ours) {
      fetcher.readAgain(attempt.entry().queue());
    }
  }

  /** The one place where an exception on the way of a mail ends: the slot is free again. */
  private Attempt setAside(Attempt attempt, Throwable bug) {
    fetcher.setAside(attempt);
    sentDots.settled(attempt.entry());
    bugs.warn(more -> logUnsettled(attempt, bug, more));
    return attempt;
  }

  private static void logUnsettled(Attempt attempt, Throwable bug, String more) {
    LOG.errorf(
        bug,
        "The outcome of mail %s cannot be written%s. It stays pending until this worker is"
            + " restarted; please report this.",
        attempt.mailId(),
        more);
  }

  /** True if the slots do not turn over. */
  boolean isStalled() {
    return fetcher.isStalled();
  }

  /**
   * Takes slots back from routes that have become slower.
   *
   * @param giveBack told a route and how many of its mails that wait for a connection give way
   */
  void takeSlotsBack(ObjIntConsumer<String> giveBack) {
    admission.takeBack(giveBack);
  }

  /** Fetches no more; what was read already is still emitted. */
  void close() {
    fetcher.close();
  }

  /** Runs once every mail is settled whose final dot was sent. */
  void onceDotsSettled(Runnable then) {
    sentDots.onceSettled(then);
  }

  int inFlight() {
    return fetcher.inFlight();
  }
}
