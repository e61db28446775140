package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.handler.HandlerErrors;
import dev.postrider.smtp.SendResult.Accepted;
import dev.postrider.smtp.SendResult.NotSent;
import dev.postrider.smtp.SendResult.Refused;
import dev.postrider.smtp.SendResult.Unknown;
import dev.postrider.support.smtp.Sink;
import dev.postrider.support.smtp.SinkOptions;
import dev.postrider.support.smtpserver.Answer;
import dev.postrider.support.smtpserver.Extension;
import dev.postrider.support.smtpserver.Verb;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An error at every point of a session: every handler reads the clock, so a clock that throws at
 * its n-th call plants an error in each of them in turn. Every mail has its result, and the pool
 * goes on.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlantedErrorTest {

  private static final Duration TIMEOUT = Duration.ofMillis(150);
  private static final int CALLS_MAX = 500;
  private static final Vertx VERTX = Vertx.vertx();
  private static final List<Throwable> UNCAUGHT = new CopyOnWriteArrayList<>();
  private static final Sink DATA = sink(new SinkOptions(), Extension.CHUNKING);
  private static final Sink BDAT = sink(new SinkOptions());
  private static final Sink STEPS = sink(new SinkOptions(), Extension.PIPELINING);
  private static final Sink CLOSES =
      sink(new SinkOptions().always(Verb.DOT, Answer.sayAndClose("250 2.0.0 Ok")));

  /** What is sent, and to which server. */
  enum Scene {
    BY_DATA(DATA, "ana"),
    BY_BDAT_IN_ONE_WRITE(BDAT, "ana"),
    STEP_BY_STEP(STEPS, "ana"),
    LARGE(DATA, "ana", 1),
    LARGE_BY_BDAT(STEPS, "ana", 1),
    WITH_INTENT(DATA, "ana"),
    CHECKED_AGAIN(DATA, "ana"),
    REFUSED(DATA, "550-rcpt"),
    CLOSED_BY_421(DATA, "421-rcpt"),
    LOST_AT_THE_DOT(DATA, "drop-dot"),
    SILENT_AT_THE_DOT(DATA, "blackhole-dot", 1),
    MALFORMED(DATA, "garbage-data"),
    CLOSED_AFTER_EACH(CLOSES, "ana");

    private final Sink sink;
    private final String recipient;
    private final int mails;

    Scene(Sink sink, String recipient) {
      this(sink, recipient, 3);
    }

    Scene(Sink sink, String recipient, int mails) {
      this.sink = sink;
      this.recipient = recipient;
      this.mails = mails;
    }
  }

  @AfterAll
  static void stop() {
    List.of(DATA, BDAT, STEPS, CLOSES).forEach(Sink::close);
    Sender.join(VERTX.close());
    assertEquals(List.of(), UNCAUGHT, "no exception goes by the boundary");
  }

  @ParameterizedTest
  @EnumSource
  void every_mail_has_its_result_and_the_pool_goes_on(Scene scene) {
    int call = 0;
    boolean thrown = true;
    while (thrown && call < CALLS_MAX) {
      call++;
      thrown = new Run(scene, call).thrown();
    }
    assertTrue(call > 10 && call < CALLS_MAX, call + " calls");
  }

  private static Sink sink(SinkOptions options, Extension... missing) {
    return Sink.start(options.server(server -> server.without(missing)));
  }

  /** Throws once. */
  private static final class Clock implements LongSupplier {
    private final int throwsAt;
    private volatile int calls;
    private volatile boolean thrown;
    private volatile boolean over;

    Clock(int throwsAt) {
      this.throwsAt = throwsAt;
    }

    @Override
    public long getAsLong() {
      calls++;
      if (calls == throwsAt && !over) {
        thrown = true;
        throw new AssertionError("planted");
      }
      return DeadlineTimer.CLOCK.getAsLong();
    }
  }

  /** A few mails over one connection, one error. */
  private static final class Run {

    private final Scene scene;
    private final Clock clock;
    private final String prefix;
    private volatile int caught;
    private final HandlerErrors errors = new HandlerErrors();
    private final Context context = VERTX.getOrCreateContext();

    Run(Scene scene, int call) {
      this.scene = scene;
      this.clock = new Clock(call);
      this.prefix = scene.recipient + "+" + scene + "-" + call + "-";
      context.exceptionHandler(UNCAUGHT::add);
    }

    boolean thrown() {
      SmtpPool pool = on(() -> Future.succeededFuture(pool()));
      List<String> recipients =
          IntStream.range(0, scene.mails).mapToObj(number -> prefix + number + "@x.test").toList();
      List<Future<SendResult>> offers = new ArrayList<>();
      for (String recipient : recipients) {
        offers.add(run(() -> offer(pool, recipient)));
      }
      List<SendResult> results = offers.stream().map(Sender::join).toList();
      clock.over = true;
      goesOn(pool);
      Sender.join(run(pool::close));
      for (int mail = 0; mail < results.size(); mail++) {
        isTrue(results.get(mail), recipients.get(mail));
      }
      assertEquals(
          clock.thrown ? 1 - caught : 0, errors.counts().get("smtp"), scene + " " + clock.throwsAt);
      return clock.thrown;
    }

    private SmtpPool pool() {
      PoolLimits limits = TestServer.waiting(PoolLimits.of(1), 10, TIMEOUT);
      limits = TestServer.backoff(limits, Duration.ofMillis(1), Duration.ofMillis(1));
      if (scene == Scene.CHECKED_AGAIN) {
        limits = TestServer.checks(limits, limits.staleAfter(), Duration.ZERO);
      }
      TestServer server =
          Sender.server(scene.sink).withTimeouts(Timeouts.all(TIMEOUT)).withLimits(limits);
      PoolSupport support =
          new PoolSupport(
              errors, new Workarounds(WorkaroundListener.NONE), clock, new SystemLookup(VERTX));
      return new SmtpPool(VERTX, server.server(), support);
    }

    private Future<SendResult> offer(SmtpPool pool, String recipient) {
      boolean large = scene == Scene.LARGE || scene == Scene.LARGE_BY_BDAT;
      String message = Sender.MESSAGE + (large ? "x\r\n".repeat(100_000) : "");
      Envelope envelope = new Envelope("sender@client.test", List.of(recipient), false);
      return send(pool, envelope, message, gate());
    }

    /** A clock that throws in the call itself leaves no mail behind that could wait. */
    private Future<SendResult> send(
        SmtpPool pool, Envelope envelope, String message, FinalDotGate gate) {
      try {
        return pool.send(envelope, Buffer.buffer(message), gate, Sender.VALID);
      } catch (AssertionError planted) {
        caught = 1;
        return Future.succeededFuture(new NotSent(Phase.CONNECTING, "planted"));
      }
    }

    private FinalDotGate gate() {
      return scene == Scene.WITH_INTENT ? new RecordingGate() : Sender.OPEN;
    }

    /** A mail that finds nothing wrong is accepted, and no connection or mail is left over. */
    private void goesOn(SmtpPool pool) {
      SendResult next = next(pool);
      while (next instanceof Unknown // the server closes after each mail
          || next instanceof NotSent pausing
              && pausing.cause().startsWith("no connection is tried")) {
        next = next(pool);
      }
      assertInstanceOf(Accepted.class, next, scene + " " + clock.throwsAt);
      PoolState state = on(() -> Future.succeededFuture(pool.state()));
      assertEquals(0, state.busy() + state.waiting() + state.connecting(), state.toString());
    }

    private SendResult next(SmtpPool pool) {
      Envelope envelope = new Envelope("", List.of("next" + prefix + "@x.test"), false);
      return on(() -> send(pool, envelope, Sender.MESSAGE, Sender.OPEN));
    }

    /** The server has no mail that was told as not sent, and has what was told as accepted. */
    private void isTrue(SendResult result, String recipient) {
      int received = scene.sink.mailsTo(recipient).size();
      if (result instanceof Accepted) {
        assertEquals(1, received, recipient);
      } else if (result instanceof NotSent || result instanceof Refused) {
        assertEquals(0, received, recipient + " " + result);
      }
    }

    private <T> T on(Supplier<Future<T>> action) {
      return Sender.join(run(action));
    }

    private <T> Future<T> run(Supplier<Future<T>> action) {
      Promise<T> promise = Promise.promise();
      context.runOnContext(now -> action.get().onComplete(promise));
      return promise.future();
    }
  }

  /** Notes the intent on a later turn. */
  private static final class RecordingGate implements FinalDotGate {

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public boolean needsIntent() {
      return true;
    }

    @Override
    public Future<Void> recordIntent() {
      Promise<Void> recorded = Promise.promise();
      VERTX.getOrCreateContext().runOnContext(later -> recorded.complete());
      return recorded.future();
    }
  }
}
