package dev.postrider.worker.admission;

import dev.postrider.delivery.Route;
import dev.postrider.delivery.route.RouteHealths;
import dev.postrider.worker.Attempt;
import dev.postrider.worker.fetch.EventLoop;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;

/**
 * Lets a mail be sent if its route is healthy and has a slot for it, and parks it otherwise. Learns
 * from each outcome how the route is. Lives on one event loop.
 */
public final class Admission {

  /** How often a mail looks whether a slot has come free. */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  /** Looks after which it is parked: half a second. */
  private static final int LOOKS_MAX = 25;

  private final Function<Attempt, Uni<Attempt>> process;
  private final EventLoop eventLoop;
  private final Map<String, RouteGate> gates = new LinkedHashMap<>();

  /**
   * @param slots of the engine
   * @param process sends a mail and decides its outcome; never fails
   */
  public Admission(
      int slots,
      RouteHealths healths,
      Function<Attempt, Uni<Attempt>> process,
      EventLoop eventLoop) {
    this.process = process;
    this.eventLoop = eventLoop;
    SlotShares shares = new SlotShares(slots, healths.routes(), eventLoop::nanoTime);
    for (String route : healths.routes()) {
      gates.put(route, new RouteGate(healths.of(route), shares.of(route), process));
    }
  }

  /** Emits the attempt with its outcome; never fails. */
  @CheckReturnValue
  public Uni<Attempt> process(Attempt attempt) {
    if (!attempt.isUndecided()) {
      return process.apply(attempt);
    }
    RouteGate gate = gate(attempt);
    return gate.enter(attempt).orElseGet(() -> lookAgain(gate, attempt, LOOKS_MAX));
  }

  private RouteGate gate(Attempt attempt) {
    return gates.get(attempt.mail().orElseThrow().terms().route().orElse(Route.DEFAULT));
  }

  private Uni<Attempt> lookAgain(RouteGate gate, Attempt attempt, int looks) {
    return looks == 0
        ? gate.park(attempt)
        : eventLoop.delay(LOOK_AGAIN).chain(() -> look(gate, attempt, looks - 1));
  }

  private Uni<Attempt> look(RouteGate gate, Attempt attempt, int looks) {
    return gate.enter(attempt).orElseGet(() -> lookAgain(gate, attempt, looks));
  }

  /**
   * Takes slots back from routes that have become slower.
   *
   * @param giveBack told a route and how many of its mails that wait for a connection give way
   */
  public void takeBack(ObjIntConsumer<String> giveBack) {
    for (Map.Entry<String, RouteGate> gate : gates.entrySet()) {
      int excess = gate.getValue().excess();
      if (excess > 0) {
        giveBack.accept(gate.getKey(), excess);
      }
    }
  }
}
