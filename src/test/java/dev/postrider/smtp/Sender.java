package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.postrider.support.smtp.Sink;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A pool on an event loop of its own, used from the test's thread; every wait is bounded. */
final class Sender implements AutoCloseable {

  static final Duration BOUND = Duration.ofSeconds(20);
  static final String MESSAGE = "Subject: Hello\r\n\r\nIt works.\r\n";

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Context context = vertx.getOrCreateContext();
  private final List<Throwable> faults = new CopyOnWriteArrayList<>();
  private final SmtpPool pool;

  private Sender(SmtpServer server) {
    context.exceptionHandler(faults::add);
    this.pool = on(() -> new SmtpPool(vertx, server));
  }

  static Sender to(SmtpServer server) {
    return new Sender(server);
  }

  static Sender to(Sink sink) {
    return new Sender(server(sink));
  }

  /** One connection, timers of 5 s: enough for the slowest machine, short enough to fail. */
  static SmtpServer server(Sink sink) {
    return server(sink.port());
  }

  static SmtpServer server(int port) {
    return SmtpServer.at("127.0.0.1", port)
        .withHeloName("client.test")
        .withTls(Tls.NONE, TrustSettings.system())
        .withTimeouts(Timeouts.all(Duration.ofSeconds(5)))
        .withLimits(PoolLimits.of(1).withLife(Duration.ofMinutes(1), 1_000, Duration.ofMinutes(5)));
  }

  SendResult send(String... recipients) {
    return join(offer(recipients));
  }

  SendResult send(String message, FinalDotGate finalDotGate, String... recipients) {
    return join(offer(message, finalDotGate, recipients));
  }

  Future<SendResult> offer(String... recipients) {
    return offer(MESSAGE, FinalDotGate.OPEN, recipients);
  }

  Future<SendResult> offer(String message, FinalDotGate finalDotGate, String... recipients) {
    return offer(new Envelope("sender@client.test", List.of(recipients)), message, finalDotGate);
  }

  Future<SendResult> offer(Envelope envelope, String message, FinalDotGate finalDotGate) {
    return run(() -> pool.send(envelope, Buffer.buffer(message), finalDotGate));
  }

  SendResult send(Envelope envelope) {
    return join(offer(envelope, MESSAGE, FinalDotGate.OPEN));
  }

  Future<SendResult> offerOnceWaited(Supplier<Future<Boolean>> onceWaited, String recipient) {
    Envelope envelope = new Envelope("sender@client.test", List.of(recipient));
    return run(() -> pool.send(envelope, Buffer.buffer(MESSAGE), FinalDotGate.OPEN, onceWaited));
  }

  <T extends SendResult> T send(Class<T> expected, String... recipients) {
    return assertInstanceOf(expected, send(recipients));
  }

  PoolState state() {
    return on(pool::state);
  }

  /** What was thrown on the context and reported by it. */
  List<Throwable> faults() {
    return faults;
  }

  SmtpPool pool() {
    return pool;
  }

  Future<Void> closePool() {
    return run(pool::close);
  }

  /** Runs something on the pool's context and waits for what it returns. */
  <T> T on(Supplier<T> action) {
    return join(run(() -> Future.succeededFuture(action.get())));
  }

  private <T> Future<T> run(Supplier<Future<T>> action) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(now -> action.get().onComplete(promise));
    return promise.future();
  }

  static <T> T join(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(BOUND.toMillis(), TimeUnit.MILLISECONDS);
    } catch (Exception e) {
      throw new AssertionError("No outcome within " + BOUND, e);
    }
  }

  @Override
  public void close() {
    join(closePool());
    join(vertx.close());
  }
}
