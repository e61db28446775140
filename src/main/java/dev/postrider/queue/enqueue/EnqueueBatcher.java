package dev.postrider.queue.enqueue;

import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Adds single mails to their queues in batches: while calls are in progress mails collect, so a
 * mail costs less the more of them come. When idle it adds no delay. The number of waiting mails is
 * bounded by the callers, since each waits for its answer.
 *
 * <p>May be called from any thread; answers on the event loop of its caller.
 */
public final class EnqueueBatcher {

  /** Calls of one queue in progress at once: Redis has the next one while it answers the first. */
  static final int CALLS_MAX = 2;

  private final Link link;
  private final Enqueuer enqueuer;

  /** One for each queue that got mail; used on the link's event loop only. */
  private final Map<String, QueueBuffer> queueBuffers = new HashMap<>();

  /**
   * @param link whose event loop it lives on
   * @param enqueuer over the same link
   */
  public EnqueueBatcher(Link link, Enqueuer enqueuer) {
    this.link = link;
    this.enqueuer = enqueuer;
  }

  /** Fails as {@link Enqueuer#enqueue} does, together with all mail that waits behind the call. */
  @CheckReturnValue
  public Uni<EnqueueResult> enqueue(String queue, EnqueueRequest mail) {
    return Uni.createFrom().deferred(() -> gather(queue, mail).emitOn(caller()));
  }

  private Uni<EnqueueResult> gather(String queue, EnqueueRequest mail) {
    return Uni.createFrom().emitter(caller -> add(queue, new Waiting(mail, caller)));
  }

  private void add(String queue, Waiting waiting) {
    link.execute(() -> lane(queue).add(waiting));
  }

  private QueueBuffer lane(String queue) {
    return queueBuffers.computeIfAbsent(queue, QueueBuffer::new);
  }

  private static Executor caller() {
    Context context = Vertx.currentContext();
    return context == null ? Runnable::run : new OnContext(context);
  }

  private record OnContext(Context context) implements Executor {

    @Override
    public void execute(Runnable work) {
      context.runOnContext(turn -> work.run());
    }
  }

  private record Waiting(EnqueueRequest mail, UniEmitter<? super EnqueueResult> caller) {}

  /** The mails of one queue. */
  private final class QueueBuffer {

    private final String queue;
    private List<Waiting> gathered = new ArrayList<>();
    private int calls;
    private boolean planned;

    QueueBuffer(String queue) {
      this.queue = queue;
    }

    void add(Waiting waiting) {
      gathered.add(waiting);
      plan();
    }

    /** Not at once: mail of the same turn of the event loop goes with it. */
    private void plan() {
      if (!planned && calls < CALLS_MAX && !gathered.isEmpty()) {
        planned = true;
        link.execute(this::send);
      }
    }

    private void send() {
      planned = false;
      List<Waiting> all = taken();
      int end = 0;
      for (List<EnqueueRequest> chunk :
          EnqueueChunks.of(all.stream().map(Waiting::mail).toList())) {
        int start = end;
        end += chunk.size();
        call(chunk, all.subList(start, end));
      }
    }

    private List<Waiting> taken() {
      List<Waiting> taken = gathered;
      gathered = new ArrayList<>();
      return taken;
    }

    private void call(List<EnqueueRequest> chunk, List<Waiting> waiting) {
      calls++;
      enqueuer
          .enqueue(queue, chunk)
          .subscribe()
          .with(answers -> answered(waiting, answers), failure -> failed(waiting, failure));
    }

    private void answered(List<Waiting> waiting, List<EnqueueResult> answers) {
      ended();
      for (int i = 0; i < waiting.size(); i++) {
        waiting.get(i).caller().complete(answers.get(i));
      }
    }

    /**
     * Mail that waits behind a failed call fails with it and does not wait for a second timeout.
     */
    private void failed(List<Waiting> waiting, Throwable failure) {
      List<Waiting> behind = taken();
      ended();
      waiting.forEach(one -> one.caller().fail(failure));
      behind.forEach(one -> one.caller().fail(failure));
    }

    private void ended() {
      calls--;
      plan();
    }
  }
}
