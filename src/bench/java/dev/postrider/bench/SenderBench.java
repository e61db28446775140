package dev.postrider.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.postrider.smtp.Envelope;
import dev.postrider.smtp.Gate;
import dev.postrider.smtp.PoolLimits;
import dev.postrider.smtp.SmtpPool;
import dev.postrider.smtp.SmtpServer;
import dev.postrider.smtp.Tls;
import dev.postrider.smtp.Transmission;
import dev.postrider.smtp.TrustSettings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/**
 * Sends the same 4 KiB mail again and again over one event loop and prints mails per second and CPU
 * time per mail of this process, one line per round; the first rounds warm up.
 *
 * <p>Arguments: host, port, mails per round (100,000), connections (50), rounds (5). A fit server
 * is {@code smtp-sink -c 127.0.0.1:2525 1000}.
 */
public final class SenderBench {

  private static final int SIZE = 4_096;

  private final SmtpPool pool;
  private final Envelope envelope = new Envelope("bench@client.test", List.of("ana@x.test"));
  private final Buffer message = message();
  private final int mails;
  private final CountDownLatch done = new CountDownLatch(1);
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private int started;
  private int ended;

  private SenderBench(SmtpPool pool, int mails) {
    this.pool = pool;
    this.mails = mails;
  }

  /** Runs the rounds. */
  public static void main(String[] arguments) throws InterruptedException {
    int mails = number(arguments, 2, 100_000);
    int connections = number(arguments, 3, 50);
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    SmtpServer server =
        SmtpServer.at(arguments[0], Integer.parseInt(arguments[1]))
            .withTls(Tls.NONE, TrustSettings.system())
            .withLimits(PoolLimits.of(connections));
    for (int round = number(arguments, 4, 5); round > 0; round--) {
      round(vertx, server, mails, connections);
    }
    vertx.close();
  }

  private static void round(Vertx vertx, SmtpServer server, int mails, int connections)
      throws InterruptedException {
    CountDownLatch ready = new CountDownLatch(1);
    SenderBench[] bench = new SenderBench[1];
    long startedAt = System.nanoTime();
    long cpuAtStart = cpuNanos();
    vertx
        .getOrCreateContext()
        .runOnContext(
            now -> {
              bench[0] = new SenderBench(new SmtpPool(vertx, server), mails);
              ready.countDown();
              for (int i = 0; i < connections; i++) {
                bench[0].next();
              }
            });
    ready.await();
    bench[0].done.await();
    double seconds = (System.nanoTime() - startedAt) / 1e9;
    double cpuMicros = (cpuNanos() - cpuAtStart) / 1e3 / mails;
    System.out.printf(
        "%,9.0f mails/s  %6.1f us CPU per mail  %s%n",
        mails / seconds, cpuMicros, bench[0].outcomes);
  }

  private void next() {
    if (started < mails) {
      started++;
      pool.send(envelope, message, Gate.OPEN).onSuccess(this::ended);
    }
  }

  private void ended(Transmission outcome) {
    outcomes.merge(name(outcome), 1, Integer::sum);
    if (++ended == mails) {
      pool.close().onComplete(closed -> done.countDown());
    } else {
      next();
    }
  }

  private static String name(Transmission outcome) {
    return outcome instanceof Transmission.Accepted ? "Accepted" : outcome.toString();
  }

  private static Buffer message() {
    StringBuilder text = new StringBuilder("From: bench@client.test\r\nSubject: Bench\r\n\r\n");
    while (text.length() < SIZE) {
      text.append("The quick brown fox jumps over the lazy dog. It does so all day long.\r\n");
    }
    return Buffer.buffer(text.substring(0, SIZE - 2) + "\r\n");
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static int number(String[] arguments, int index, int otherwise) {
    return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
  }
}
