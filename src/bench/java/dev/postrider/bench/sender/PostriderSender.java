package dev.postrider.bench.sender;

import dev.postrider.bench.process.Rounds;
import dev.postrider.handler.HandlerErrors;
import dev.postrider.smtp.Envelope;
import dev.postrider.smtp.PoolLimits;
import dev.postrider.smtp.SendResult;
import dev.postrider.smtp.SmtpPool;
import dev.postrider.smtp.TestServer;
import dev.postrider.smtp.Tls;
import dev.postrider.smtp.WorkaroundListener;
import dev.postrider.smtp.Workarounds;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.Supplier;

/** Sends with Postrider's SMTP engine over one event loop. */
public final class PostriderSender {

  /** As a worker does: some mail always waits for the next free connection. */
  private static final int IN_FLIGHT_PER_CONNECTION = 2;

  /** Keeps every mail valid. */
  static final Supplier<Future<Boolean>> VALID = () -> Future.succeededFuture(true);

  private final Envelope envelope = new Envelope("bench@client.test", List.of("ana@x.test"), false);
  private final Context context;
  private final SmtpPool pool;
  private final Supplier<Buffer> load;
  private final int connections;

  private PostriderSender(Vertx vertx, int port, int connections, String load) {
    this.context = vertx.getOrCreateContext();
    this.pool =
        new SmtpPool(
            vertx,
            server(port, connections).server(),
            new HandlerErrors(),
            new Workarounds(WorkaroundListener.NONE));
    this.load = Loads.of(load);
    this.connections = connections;
  }

  /** Arguments: port, connections, name of a load. */
  public static void main(String[] arguments) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    int port = Integer.parseInt(arguments[0]);
    int connections = Integer.parseInt(arguments[1]);
    vertx.runOnContext(now -> new PostriderSender(vertx, port, connections, arguments[2]).serve());
  }

  static TestServer server(int port, int connections) {
    return TestServer.at("127.0.0.1", port)
        .withTls(Tls.NONE, TestServer.SYSTEM_TRUST)
        .withLimits(lasting(PoolLimits.of(connections)));
  }

  private void serve() {
    new Thread(this::orders, "orders").start();
  }

  private void orders() {
    try {
      Child.serve(this::send);
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private void send(int mails) {
    Rounds round = new Rounds(this::sendOne, mails);
    context.runOnContext(now -> round.start(connections * IN_FLIGHT_PER_CONNECTION));
    round.join();
  }

  private Future<?> sendOne() {
    return pool.send(envelope, load.get(), () -> true, VALID).map(PostriderSender::accepted);
  }

  private static SendResult accepted(SendResult outcome) {
    if (outcome instanceof SendResult.Accepted) {
      return outcome;
    }
    throw new IllegalStateException("Not accepted: " + outcome);
  }

  /** The others keep their connections too: {@code smtp-source -d} without end. */
  private static PoolLimits lasting(PoolLimits limits) {
    return limits.withLife(limits.idle(), 1_000, limits.age());
  }
}
