package dev.postrider.cli.demo;

import dev.postrider.cli.CommandContext;
import dev.postrider.cli.ProgressBar;
import dev.postrider.queue.admin.QueuePauses;
import dev.postrider.queue.admin.QueueRemoval;
import dev.postrider.queue.admin.QueueStats;
import dev.postrider.queue.admin.QueueStatsReader;
import dev.postrider.queue.consumer.LiveConsumers;
import dev.postrider.queue.enqueue.EnqueueRequest;
import dev.postrider.queue.enqueue.EnqueueResult;
import dev.postrider.queue.enqueue.Enqueuer;
import dev.postrider.worker.WorkerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Sends mail through Redis and a worker in a second process to an SMTP server in this one, in a
 * queue that is removed afterwards. No mail leaves this machine.
 */
final class Demo implements AutoCloseable {

  /** A round without progress for this long has failed. */
  private static final Duration PROGRESS_TIMEOUT = Duration.ofSeconds(30);

  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(20);
  private static final int CHUNK = 100;

  private final CommandContext context;
  private final DemoPlan plan;
  private final String queue;
  private final DemoSink sink;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile WorkerProcess worker;

  Demo(CommandContext context, DemoPlan plan) {
    this.context = context;
    this.plan = plan;
    this.queue = "demo-" + WorkerSettings.nonce();
    this.sink = new DemoSink(context.vertx(), plan.delay());
  }

  /** Starts the SMTP server and the worker, and waits until the worker has its lease. */
  void start() {
    sink.start().toCompletionStage().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
    context.await(new QueueStatsReader(context.link(), context.prefix()).read(queue));
    worker = WorkerProcess.start(settings());
    Runtime.getRuntime().addShutdownHook(new Thread(this::interrupted));
    LiveConsumers liveConsumers = new LiveConsumers(context.link(), context.prefix());
    long until = System.nanoTime() + START_TIMEOUT.toNanos();
    await(() -> !context.await(liveConsumers.of(queue)).isEmpty(), () -> System.nanoTime() > until);
  }

  /** On Ctrl-C: erases the progress line and removes the queue. */
  private void interrupted() {
    if (!closed.get()) {
      new ProgressBar(context.terminal(), "stop", 0).end();
      close();
    }
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    context.overrides().forEach((key, value) -> settings.put(variable(key), value));
    settings.put("POSTRIDER_QUEUES", queue);
    settings.put("POSTRIDER_CONCURRENCY", Integer.toString(plan.inFlight()));
    settings.put("POSTRIDER_TRANSPORT", "smtp");
    settings.put("QUARKUS_HTTP_HOST_ENABLED", "false");
    settings.put("QUARKUS_MAILER_MOCK", "false");
    settings.put("QUARKUS_MAILER_HOST", "127.0.0.1");
    settings.put("QUARKUS_MAILER_PORT", Integer.toString(sink.port()));
    settings.put("QUARKUS_MAILER_TLS", "false");
    settings.put("QUARKUS_MAILER_START_TLS", "DISABLED");
    settings.put("QUARKUS_MAILER_LOGIN", "DISABLED");
    return settings;
  }

  private static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  /** Fills the paused queue, resumes it and counts what arrives. */
  DemoRound round(String name) {
    QueuePauses queuePauses = new QueuePauses(context.link(), context.prefix());
    context.await(queuePauses.pause(queue, "demo", Optional.empty()));
    sink.expect(plan.mails());
    fill();
    Duration before = worker.cpu();
    context.await(queuePauses.resume(queue));
    ProgressBar bar = new ProgressBar(context.terminal(), name, plan.mails());
    Progress progress = new Progress();
    await(() -> progress.isComplete(bar), progress::isOverdue);
    bar.end();
    awaitSettled();
    return new DemoRound(
        plan.mails(), sink.distinct(), sink.surplus(), sink.span(), worker.cpu().minus(before));
  }

  private void fill() {
    Enqueuer enqueuer =
        new Enqueuer(
            context.link(), context.prefix(), new Enqueuer.Bounds(0, Duration.ofMinutes(1), 0));
    ProgressBar bar = new ProgressBar(context.terminal(), "enqueue", plan.mails());
    for (int next = 0; next < plan.mails(); next += CHUNK) {
      List<EnqueueRequest> chunk = new ArrayList<>(CHUNK);
      for (int number = next; number < Math.min(next + CHUNK, plan.mails()); number++) {
        chunk.add(
            new EnqueueRequest(
                plan.mail(number), Optional.empty(), Optional.empty(), Optional.empty()));
      }
      List<EnqueueResult> results = context.await(enqueuer.enqueue(queue, chunk));
      bar.show(next + results.size());
    }
    bar.end();
  }

  /** Waits until the last outcomes are written, for a few seconds at most. */
  private void awaitSettled() {
    QueueStatsReader reader = new QueueStatsReader(context.link(), context.prefix());
    long until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    await(() -> isEmpty(context.await(reader.read(queue))), () -> System.nanoTime() > until);
  }

  private static boolean isEmpty(QueueStats stats) {
    return stats.ready() + stats.inFlight() == 0;
  }

  /** Checks every 20 ms until a condition holds, or until it is too late. */
  private void await(BooleanSupplier condition, BooleanSupplier tooLate) {
    while (!condition.getAsBoolean()) {
      worker.requireAlive();
      if (tooLate.getAsBoolean()) {
        return;
      }
      LockSupport.parkNanos(POLL_INTERVAL.toNanos());
    }
  }

  /** Stops the worker and removes the queue, once. */
  @Override
  public void close() {
    if (worker != null && closed.compareAndSet(false, true)) {
      worker.close();
      context.await(new QueueRemoval(context.link(), context.prefix()).remove(queue));
    }
  }

  /** How many mails have arrived, and since when no further one. */
  private final class Progress {

    private int last = -1;
    private long changedAt = System.nanoTime();

    boolean isComplete(ProgressBar bar) {
      int now = sink.distinct();
      bar.show(now);
      if (now != last) {
        last = now;
        changedAt = System.nanoTime();
      }
      return now >= plan.mails();
    }

    boolean isOverdue() {
      return System.nanoTime() - changedAt > PROGRESS_TIMEOUT.toNanos();
    }
  }
}
