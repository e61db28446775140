package dev.postrider.worker;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniSubscriber;
import io.smallrye.mutiny.subscription.UniSubscription;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * The attempts of an engine that are in flight, each on its own; as many as there are slots.
 * Starting one costs the same however many there are: Mutiny's merge copies its list of inner
 * streams for each. Lives on one event loop.
 */
final class InFlight {

  private static final Logger LOG = Logger.getLogger(InFlight.class);

  private final Function<Attempt, Uni<Attempt>> steps;
  private final Set<AttemptSubscriber> subscribers = new HashSet<>();
  private Runnable onEmpty = () -> {};

  /**
   * @param steps of an attempt until it is settled; never fails
   */
  InFlight(Function<Attempt, Uni<Attempt>> steps) {
    this.steps = steps;
  }

  void start(Attempt attempt) {
    AttemptSubscriber subscriber = new AttemptSubscriber();
    subscribers.add(subscriber);
    steps.apply(attempt).subscribe().withSubscriber(subscriber);
  }

  /** Runs once nothing is in flight; at once if nothing is. Nothing may start afterwards. */
  void onceEmpty(Runnable then) {
    onEmpty = then;
    runIfEmpty();
  }

  /** Cancels all, at whatever step they are. */
  void cancel() {
    Set.copyOf(subscribers).forEach(AttemptSubscriber::cancel);
    subscribers.clear();
  }

  private void runIfEmpty() {
    if (subscribers.isEmpty()) {
      onEmpty.run();
    }
  }

  /** Waits for the end of one attempt. */
  private final class AttemptSubscriber implements UniSubscriber<Attempt> {

    private UniSubscription subscription;

    @Override
    public void onSubscribe(UniSubscription started) {
      subscription = started;
    }

    @Override
    public void onItem(Attempt settled) {
      ended();
    }

    @Override
    public void onFailure(Throwable failure) {
      LOG.error("An attempt failed, which must never happen. Restart the worker.", failure);
      ended();
    }

    private void ended() {
      subscribers.remove(this);
      runIfEmpty();
    }

    private void cancel() {
      subscription.cancel();
    }
  }
}
