package dev.postrider.worker;

import dev.postrider.delivery.ConnectionStats;
import dev.postrider.delivery.DeliveryRequest;
import dev.postrider.delivery.Transport;
import dev.postrider.mail.Outcome;
import dev.postrider.mail.Receipt;
import dev.postrider.mail.Receipt.Fate;
import dev.postrider.queue.Entry;
import dev.postrider.queue.Settlement;
import dev.postrider.support.Loop;
import dev.postrider.support.redis.RedisFixture;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** An attempt whose server answers when the test says so. */
final class SlowAttempt {

  private final RedisFixture redis;
  private final Entry entry;
  private final Server server;
  private final CompletableFuture<String> ended;
  private final DeliveryRequest request;
  private final UniEmitter<? super Receipt> reply;

  SlowAttempt(
      RedisFixture redis,
      Attempt attempt,
      Processor processor,
      Server server,
      Function<Settlement, Uni<Long>> settler) {
    this.redis = redis;
    this.entry = attempt.entry();
    this.server = server;
    this.ended =
        redis
            .loop()
            .subscribe(
                () ->
                    processor
                        .process(attempt)
                        .chain(done -> settler.apply(settlement(done)).replaceWith(done))
                        .map(done -> done.outcome().orElseThrow().word()));
    redis.loop().call(() -> true);
    this.request = server.request;
    this.reply = server.reply;
  }

  private static Settlement settlement(Attempt attempt) {
    Outcome outcome = attempt.outcome().orElseThrow();
    return new Settlement(
        attempt.entry(),
        attempt.mailId(),
        outcome.word(),
        outcome.match(new Dispositions(attempt)),
        List.of());
  }

  Entry entry() {
    return entry;
  }

  /** The server says 354: true if the dot leaves. */
  boolean goAhead() {
    if (request.gate().needsIntent()) {
      Future<Void> recorded = redis.loop().call(() -> request.gate().recordIntent());
      Loop.join(recorded.toCompletionStage().toCompletableFuture().handle((done, failure) -> 0));
      return recorded.succeeded() && mayEnd();
    }
    return mayEnd();
  }

  /** Whether the dot could leave now. */
  boolean mayEnd() {
    return redis.loop().call(() -> entry.term().holds()) && request.gate().isOpen();
  }

  /** The server has answered: the outcome, once it is settled. */
  String end(Fate fate) {
    Receipt receipt =
        new Receipt("default", List.of(new Receipt.Answer(0, fate, "dot", Optional.empty(), "")));
    redis
        .loop()
        .call(
            () -> {
              reply.complete(receipt);
              return true;
            });
    return outcome();
  }

  /** The outcome, once it is settled. */
  String outcome() {
    return Loop.join(ended);
  }

  /** Keeps the last mail until it is told to answer. */
  static final class Server implements Transport {

    private DeliveryRequest request;
    private UniEmitter<? super Receipt> reply;

    @Override
    public Uni<Receipt> send(DeliveryRequest asked) {
      request = asked;
      return Uni.createFrom().emitter(emitter -> reply = emitter);
    }

    @Override
    public List<ConnectionStats> connections() {
      return List.of();
    }

    @Override
    public Uni<Void> close() {
      return Uni.createFrom().voidItem();
    }
  }
}
