package dev.postrider.smtp;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Set;

/**
 * Asks a server whether it would let us in, and sends no mail: connect, TLS, login, QUIT. It ends
 * within a minute whatever the server does.
 */
public final class Probe {

  /** Longest wait for each step: somebody looks at the clock. */
  private static final Duration STEP = Duration.ofSeconds(10);

  private static final Duration SWEEP = Duration.ofMillis(250);

  private final Vertx vertx;
  private final SmtpServer server;
  private final Dial dial;
  private final Promise<Welcome> verdict = Promise.promise();
  private final long startedAt = Wire.now();

  private Probe(Vertx vertx, SmtpServer server) {
    this.vertx = vertx;
    this.server = server;
    this.dial = new Dial(vertx, server);
  }

  /**
   * How a server received us.
   *
   * @param encrypted true if the conversation was
   * @param loggedIn true if it took our credentials
   * @param keywords what it offers, in upper case
   * @param took until it was ready for mail
   */
  public record Welcome(boolean encrypted, boolean loggedIn, Set<String> keywords, Duration took) {}

  /** Fails with a message for people, which holds no secret. */
  public static Future<Welcome> of(Vertx vertx, SmtpServer server) {
    return new Probe(vertx, server.withTimers(Timers.all(STEP))).ask();
  }

  private Future<Welcome> ask() {
    dial.connect()
        .onSuccess(this::connected)
        .onFailure(why -> verdict.tryFail("cannot be reached: " + why.getMessage()));
    return verdict.future().onComplete(done -> dial.close());
  }

  private void connected(NetSocket socket) {
    Wire wire = new Wire(socket, () -> {});
    long sweep = vertx.setPeriodic(SWEEP.toMillis(), tick -> wire.check(Wire.now()));
    new Handshake(wire, server)
        .shake()
        .onSuccess(offered -> welcomed(wire, socket, offered))
        .onFailure(why -> turnedAway(wire, why));
    verdict.future().onComplete(done -> vertx.cancelTimer(sweep));
  }

  private void welcomed(Wire wire, NetSocket socket, Capabilities offered) {
    Duration took = Duration.ofMillis(Wire.now() - startedAt);
    Welcome welcome =
        new Welcome(socket.isSsl(), server.login().isPresent(), offered.keywords(), took);
    wire.write(Buffer.buffer("QUIT\r\n")).onComplete(written -> leave(wire, welcome));
  }

  private void leave(Wire wire, Welcome welcome) {
    wire.hold(new Farewell());
    wire.part();
    verdict.tryComplete(welcome);
  }

  private void turnedAway(Wire wire, Throwable why) {
    wire.hold(new Farewell());
    wire.part();
    verdict.tryFail(why.getMessage());
  }

  /** Nothing that the server says now is of interest. */
  private static final class Farewell implements Wire.Talk {

    @Override
    public void replied() {
      // We are leaving.
    }

    @Override
    public void lost(String cause) {
      // So are we.
    }
  }
}
