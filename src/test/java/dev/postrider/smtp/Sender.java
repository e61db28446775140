package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.postrider.handler.HandlerErrors;
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
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** A pool on an event loop of its own, used from the test's thread; every wait is bounded. */
final class Sender implements AutoCloseable {

  static final Duration BOUND = Duration.ofSeconds(20);

  /** Lets every mail be sent. */
  static final FinalDotGate OPEN = () -> true;

  /** Keeps every mail valid. */
  static final Supplier<Future<Boolean>> VALID = () -> Future.succeededFuture(true);

  static final String MESSAGE = "Subject: Hello\r\n\r\nIt works.\r\n";

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Context context = vertx.getOrCreateContext();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final List<Throwable> faults = new CopyOnWriteArrayList<>();
  private final HandlerErrors errors = new HandlerErrors();
  private final Workarounds workarounds;
  private final SmtpServer server;
  private final SmtpPool pool;
  private volatile long expectedErrors;

  private Sender(SmtpServer server, LongSupplier clock, Function<Vertx, AddressLookup> lookup) {
    context.exceptionHandler(faults::add);
    this.server = server;
    this.workarounds = new Workarounds(clock, (what, cause) -> told.add(what));
    PoolSupport support = new PoolSupport(errors, workarounds, clock, lookup.apply(vertx));
    this.pool = on(() -> new SmtpPool(vertx, server, support));
  }

  static Sender to(TestServer server) {
    return to(server, DeadlineTimer.CLOCK);
  }

  /** The pool decides by this clock. */
  static Sender to(TestServer server, LongSupplier clock) {
    return new Sender(server.server(), clock, SystemLookup::new);
  }

  /** The host of the server has the addresses that the look-up gives. */
  static Sender to(TestServer server, LongSupplier clock, AddressLookup lookup) {
    return new Sender(server.server(), clock, vertx -> lookup);
  }

  static Sender to(Sink sink) {
    return to(server(sink));
  }

  /** One connection, timeouts of 5 s: long enough for the slowest machine. */
  static TestServer server(Sink sink) {
    return server(sink.port());
  }

  static TestServer server(int port) {
    return TestServer.at("127.0.0.1", port)
        .withHeloName("client.test")
        .withTls(Tls.NONE, TestServer.SYSTEM_TRUST)
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
    return offer(MESSAGE, OPEN, recipients);
  }

  Future<SendResult> offer(String message, FinalDotGate finalDotGate, String... recipients) {
    return offer(
        new Envelope("sender@client.test", List.of(recipients), false), message, finalDotGate);
  }

  Future<SendResult> offer(Envelope envelope, String message, FinalDotGate finalDotGate) {
    return run(() -> pool.send(envelope, Buffer.buffer(message), finalDotGate, VALID));
  }

  Future<SendResult> offerTo(SmtpPool another, String recipient) {
    Envelope envelope = new Envelope("sender@client.test", List.of(recipient), false);
    return run(() -> another.send(envelope, Buffer.buffer(MESSAGE), OPEN, VALID));
  }

  SendResult send(Envelope envelope) {
    return join(offer(envelope, MESSAGE, OPEN));
  }

  Future<SendResult> offer(Supplier<Future<Boolean>> stillValid, String recipient) {
    Envelope envelope = new Envelope("sender@client.test", List.of(recipient), false);
    return run(() -> pool.send(envelope, Buffer.buffer(MESSAGE), OPEN, stillValid));
  }

  <T extends SendResult> T send(Class<T> expected, String... recipients) {
    return assertInstanceOf(expected, send(recipients));
  }

  PoolState state() {
    return on(pool::state);
  }

  /** Each extension and login of which the pool told that the server fails with it. */
  List<String> told() {
    return told;
  }

  /** The exceptions of our own handlers that the test wanted; without it there may be none. */
  long takeErrors() {
    expectedErrors = errors.counts().getOrDefault("smtp", 0L);
    return expectedErrors;
  }

  /** Another pool for the same server, as on another event loop. */
  SmtpPool anotherPool() {
    return on(() -> new SmtpPool(vertx, server, errors, workarounds));
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

  <T> Future<T> run(Supplier<Future<T>> action) {
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
      throw new AssertionError("No result within " + BOUND, e);
    }
  }

  @Override
  public void close() {
    join(closePool());
    join(vertx.close());
    assertEquals(List.of(), faults, "no exception goes by the boundary");
    assertEquals(expectedErrors, errors.counts().getOrDefault("smtp", 0L));
  }
}
