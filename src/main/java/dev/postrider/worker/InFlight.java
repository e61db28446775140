package dev.postrider.worker;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniSubscriber;
import io.smallrye.mutiny.subscription.UniSubscription;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Every flight of an engine, each under way on its own; as many as there are slots, for the intake
 * reads no more. Launching one costs the same however many are under way: Mutiny's merge copies its
 * list of inner streams for each. Lives on one event loop.
 */
final class InFlight {

  private static final Logger LOG = Logger.getLogger(InFlight.class);

  private final Function<Attempt, Uni<Attempt>> course;
  private final Set<AttemptSubscriber> underWay = new HashSet<>();
  private Runnable whenEmpty = () -> {};

  /**
   * @param course what a flight goes through; never fails
   */
  InFlight(Function<Attempt, Uni<Attempt>> course) {
    this.course = course;
  }

  void launch(Attempt attempt) {
    AttemptSubscriber attemptSubscriber = new AttemptSubscriber();
    underWay.add(attemptSubscriber);
    course.apply(attempt).subscribe().withSubscriber(attemptSubscriber);
  }

  /** Runs once nothing is under way; at once if nothing is. None may be launched afterwards. */
  void onceEmpty(Runnable then) {
    whenEmpty = then;
    tellIfEmpty();
  }

  /** Breaks off whatever is under way, wherever it is. */
  void cancel() {
    Set.copyOf(underWay).forEach(AttemptSubscriber::cancel);
    underWay.clear();
  }

  private void tellIfEmpty() {
    if (underWay.isEmpty()) {
      whenEmpty.run();
    }
  }

  /** One flight under way. */
  private final class AttemptSubscriber implements UniSubscriber<Attempt> {

    private UniSubscription subscription;

    @Override
    public void onSubscribe(UniSubscription started) {
      subscription = started;
    }

    @Override
    public void onItem(Attempt landed) {
      ended();
    }

    @Override
    public void onFailure(Throwable failure) {
      LOG.error("A flight failed, which must never happen. Restart the worker.", failure);
      ended();
    }

    private void ended() {
      underWay.remove(this);
      tellIfEmpty();
    }

    private void cancel() {
      subscription.cancel();
    }
  }
}
