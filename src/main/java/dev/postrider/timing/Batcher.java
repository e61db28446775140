package dev.postrider.timing;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Collects items and sends them in batches, with a bounded number of calls in progress: while they
 * run, items accumulate, so the next call carries more. Lives on one event loop.
 *
 * @param <T> what is sent
 */
public final class Batcher<T> {

  private final Limits limits;
  private final Executor later;
  private final Function<List<T>, List<List<T>>> split;
  private final Function<List<T>, Uni<?>> call;
  private List<T> waiting = new ArrayList<>();
  private boolean planned;
  private int calls;

  /**
   * The bounds.
   *
   * @param batchMax items sent in one turn; so many are sent without delay
   * @param callsMax no further batch is sent while so many calls are in progress
   */
  public record Limits(int batchMax, int callsMax) {}

  /**
   * @param later runs the sending of a batch that is not full, on the event loop: on its next turn
   *     or after a delay
   * @param split divides a batch into calls
   * @param call sends one part; what becomes of its items is up to it
   */
  public Batcher(
      Limits limits,
      Executor later,
      Function<List<T>, List<List<T>>> split,
      Function<List<T>, Uni<?>> call) {
    this.limits = limits;
    this.later = later;
    this.split = split;
    this.call = call;
  }

  /** Each batch is one call. */
  public Batcher(Limits limits, Executor later, Function<List<T>, Uni<?>> call) {
    this(limits, later, List::of, call);
  }

  /** Adds an item; it is sent with those that are added until {@code later} runs. */
  public void add(T item) {
    waiting.add(item);
    if (waiting.size() >= limits.batchMax()) {
      send();
    } else {
      plan();
    }
  }

  /** Number of items that are not sent yet. */
  public int waiting() {
    return waiting.size();
  }

  /** Takes out all items that are not sent yet. */
  public List<T> drain() {
    List<T> all = waiting;
    waiting = new ArrayList<>();
    return all;
  }

  private void plan() {
    if (!planned && calls < limits.callsMax() && !waiting.isEmpty()) {
      planned = true;
      later.execute(this::sendPlanned);
    }
  }

  private void sendPlanned() {
    planned = false;
    send();
  }

  private void send() {
    if (calls < limits.callsMax() && !waiting.isEmpty()) {
      split.apply(batch()).forEach(this::call);
      plan();
    }
  }

  private List<T> batch() {
    if (waiting.size() <= limits.batchMax()) {
      return drain();
    }
    List<T> first = waiting.subList(0, limits.batchMax());
    List<T> batch = new ArrayList<>(first);
    first.clear();
    return batch;
  }

  private void call(List<T> part) {
    calls++;
    call.apply(part).subscribe().with(result -> ended(), failure -> ended());
  }

  private void ended() {
    calls--;
    plan();
  }
}
