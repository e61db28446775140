package dev.postrider.queue.enqueue;

import dev.postrider.redis.connection.Link;
import dev.postrider.timing.Batcher;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Enqueues single mails in batches per queue: while calls are in progress, mails accumulate, so the
 * cost per mail falls under load. Adds no delay when idle. The number of waiting mails is bounded
 * by the number of callers.
 *
 * <p>May be called from any thread, and answers on the event loop of its caller.
 */
public final class EnqueueBatcher {

  /** Of one queue: Redis has the next call while it answers the first. */
  static final int CALLS_MAX = 2;

  /** A batch takes all mails that wait; {@link EnqueueChunks} divides it into calls. */
  private static final Batcher.Limits LIMITS = new Batcher.Limits(Integer.MAX_VALUE, CALLS_MAX);

  private final Link link;
  private final Enqueuer enqueuer;

  /** By queue; used on the link's event loop only. */
  private final Map<String, QueueBuffer> queueBuffers = new HashMap<>();

  /**
   * @param link whose event loop it lives on
   * @param enqueuer over the same link
   */
  public EnqueueBatcher(Link link, Enqueuer enqueuer) {
    this.link = link;
    this.enqueuer = enqueuer;
  }

  /** Fails as {@link Enqueuer#enqueue} does, together with all mails that wait behind the call. */
  @CheckReturnValue
  public Uni<EnqueueResult> enqueue(String queue, EnqueueRequest mail) {
    return Uni.createFrom().deferred(() -> add(queue, mail).emitOn(callerContext()));
  }

  private Uni<EnqueueResult> add(String queue, EnqueueRequest mail) {
    return Uni.createFrom().emitter(caller -> add(queue, new Waiting(mail, caller)));
  }

  private void add(String queue, Waiting waiting) {
    link.execute(() -> buffer(queue).batcher.add(waiting));
  }

  private QueueBuffer buffer(String queue) {
    return queueBuffers.computeIfAbsent(queue, QueueBuffer::new);
  }

  private static Executor callerContext() {
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
    private final Batcher<Waiting> batcher;

    QueueBuffer(String queue) {
      this.queue = queue;
      this.batcher =
          new Batcher<>(
              LIMITS, link::execute, all -> EnqueueChunks.of(all, Waiting::mail), this::call);
    }

    private Uni<?> call(List<Waiting> chunk) {
      return enqueuer
          .enqueue(queue, chunk.stream().map(Waiting::mail).toList())
          .onFailure()
          .invoke(failure -> fail(chunk, failure))
          .invoke(results -> complete(chunk, results));
    }

    private void complete(List<Waiting> chunk, List<EnqueueResult> results) {
      for (int i = 0; i < chunk.size(); i++) {
        chunk.get(i).caller().complete(results.get(i));
      }
    }

    /** Mails that wait fail too: otherwise they would wait for a second timeout. */
    private void fail(List<Waiting> chunk, Throwable failure) {
      chunk.forEach(one -> one.caller().fail(failure));
      batcher.drain().forEach(one -> one.caller().fail(failure));
    }
  }
}
