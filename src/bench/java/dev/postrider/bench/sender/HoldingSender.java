package dev.postrider.bench.sender;

import dev.postrider.handler.HandlerErrors;
import dev.postrider.smtp.Envelope;
import dev.postrider.smtp.PoolLimits;
import dev.postrider.smtp.PoolState;
import dev.postrider.smtp.SendResult;
import dev.postrider.smtp.SmtpPool;
import dev.postrider.smtp.SmtpServer;
import dev.postrider.smtp.TestServer;
import dev.postrider.smtp.WorkaroundListener;
import dev.postrider.smtp.Workarounds;
import io.netty.util.internal.PlatformDependent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Opens many connections at once, by a mail on each, and says twice what they cost: while the
 * server thinks about the mails, and when the connections idle afterwards.
 */
public final class HoldingSender {

  private static final int PAUSE_MS = 50;
  private static final Duration BOUND = Duration.ofMinutes(3);
  private static final Duration NEVER = Duration.ofHours(1);

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Context context = vertx.getOrCreateContext();
  private final Envelope envelope = new Envelope("bench@client.test", List.of("ana@x.test"), false);
  private final Buffer message = Loads.of(Loads.READY).get();
  private final int connections;
  private final SmtpServer server;
  private SmtpPool pool;

  private HoldingSender(int port, int connections) {
    this.connections = connections;
    this.server =
        PostriderSender.server(port, connections)
            .withLimits(
                TestServer.waiting(PoolLimits.of(connections), connections, BOUND)
                    .withLife(NEVER, Integer.MAX_VALUE, NEVER))
            .server();
  }

  /** Arguments: port, connections. Prints heap, memory outside it and threads, twice. */
  public static void main(String[] arguments) throws Exception {
    new HoldingSender(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1])).run();
    System.exit(0);
  }

  private void run() throws Exception {
    on(
        () ->
            pool =
                new SmtpPool(
                    vertx, server, new HandlerErrors(), new Workarounds(WorkaroundListener.NONE)));
    on(() -> offer(1));
    await(state -> state.idle() == 1);
    long heap = heap();
    long outside = PlatformDependent.usedDirectMemory();
    on(() -> offer(connections));
    await(state -> state.busy() == connections);
    tell(heap, outside);
    await(state -> state.idle() == connections);
    tell(heap, outside);
  }

  private void offer(int mails) {
    for (int i = 0; i < mails; i++) {
      pool.send(envelope, message, () -> true, PostriderSender.VALID)
          .onSuccess(HoldingSender::mustBeAccepted);
    }
  }

  private static void mustBeAccepted(SendResult outcome) {
    if (!(outcome instanceof SendResult.Accepted)) {
      System.err.println("Not accepted: " + outcome);
      System.exit(1);
    }
  }

  private void on(Runnable action) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    context.runOnContext(now -> run(action, done));
    done.join();
  }

  private static void run(Runnable action, CompletableFuture<Void> done) {
    action.run();
    done.complete(null);
  }

  private void await(Predicate<PoolState> state) throws InterruptedException {
    long end = System.nanoTime() + BOUND.toNanos();
    boolean[] there = new boolean[1];
    while (!there[0]) {
      on(() -> there[0] = state.test(pool.state()));
      if (System.nanoTime() > end) {
        throw new IllegalStateException("The connections did not come: " + pool.state());
      }
      Thread.sleep(PAUSE_MS);
    }
  }

  private static void tell(long heapBefore, long outsideBefore) {
    System.out.println(
        (heap() - heapBefore)
            + " "
            + (PlatformDependent.usedDirectMemory() - outsideBefore)
            + " "
            + ManagementFactory.getThreadMXBean().getThreadCount());
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
