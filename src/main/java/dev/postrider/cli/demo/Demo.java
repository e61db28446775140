package dev.postrider.cli.demo;

import dev.postrider.cli.CommandContext;
import dev.postrider.cli.ProgressBar;
import dev.postrider.queue.admin.Depths;
import dev.postrider.queue.admin.QueuePauses;
import dev.postrider.queue.admin.QueueRemoval;
import dev.postrider.queue.admin.QueueView;
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
 * Real mail through the real Redis and a real worker, to a sink of our own: a queue that is made
 * for it and removed after it, a worker in a process of its own. No mail leaves this machine.
 */
final class Demo implements AutoCloseable {

  /** A round without any progress for so long has failed. */
  private static final Duration STANDSTILL = Duration.ofSeconds(30);

  private static final Duration START_MAX = Duration.ofSeconds(60);
  private static final Duration GLANCE = Duration.ofMillis(20);
  private static final int LOT = 100;

  private final CommandContext commandContext;
  private final DemoPlan plan;
  private final String queue;
  private final DemoSink sink;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile WorkerProcess worker;

  Demo(CommandContext commandContext, DemoPlan plan) {
    this.commandContext = commandContext;
    this.plan = plan;
    this.queue = "trial-" + WorkerSettings.nonce();
    this.sink = new DemoSink(commandContext.vertx(), plan.delay());
  }

  /** Starts sink and worker and waits until the worker has its lease. */
  void start() {
    sink.start().toCompletionStage().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
    commandContext.await(
        new QueueView(commandContext.link(), commandContext.prefix()).depths(queue));
    worker = WorkerProcess.start(settings());
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopped));
    LiveConsumers liveConsumers = new LiveConsumers(commandContext.link(), commandContext.prefix());
    long until = System.nanoTime() + START_MAX.toNanos();
    await(
        () -> !commandContext.await(liveConsumers.of(queue)).isEmpty(),
        () -> System.nanoTime() > until);
  }

  /** Nothing of the line that was written over stays before the prompt. */
  private void stopped() {
    if (!closed.get()) {
      new ProgressBar(commandContext.terminal(), "stop", 0).end();
      close();
    }
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    commandContext.more().forEach((key, value) -> settings.put(variable(key), value));
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

  /** Fills the queue while it rests, lets it run, and counts what arrives. */
  DemoRound round(String name) {
    QueuePauses queuePauses = new QueuePauses(commandContext.link(), commandContext.prefix());
    commandContext.await(queuePauses.pause(queue, "a trial is prepared", Optional.empty()));
    sink.expect(plan.mails());
    fill();
    Duration before = worker.cpu();
    commandContext.await(queuePauses.resume(queue));
    ProgressBar bar = new ProgressBar(commandContext.terminal(), name, plan.mails());
    Progress progress = new Progress();
    await(() -> progress.complete(bar), progress::standsStill);
    bar.end();
    settled();
    return new DemoRound(
        plan.mails(), sink.distinct(), sink.surplus(), sink.span(), worker.cpu().minus(before));
  }

  private void fill() {
    Enqueuer enqueuer =
        new Enqueuer(
            commandContext.link(),
            commandContext.prefix(),
            new Enqueuer.Bounds(0, Duration.ofMinutes(1), 0));
    ProgressBar bar = new ProgressBar(commandContext.terminal(), "enqueue", plan.mails());
    for (int next = 0; next < plan.mails(); next += LOT) {
      List<EnqueueRequest> lot = new ArrayList<>(LOT);
      for (int number = next; number < Math.min(next + LOT, plan.mails()); number++) {
        lot.add(
            new EnqueueRequest(
                plan.mail(number), Optional.empty(), Optional.empty(), Optional.empty()));
      }
      List<EnqueueResult> answers = commandContext.await(enqueuer.enqueue(queue, lot));
      bar.show(next + answers.size());
    }
    bar.end();
  }

  /** Waits until the last outcomes are written; what has arrived has arrived. */
  private void settled() {
    QueueView view = new QueueView(commandContext.link(), commandContext.prefix());
    long until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    await(() -> empty(commandContext.await(view.depths(queue))), () -> System.nanoTime() > until);
  }

  private static boolean empty(Depths depths) {
    return depths.ready() + depths.inFlight() == 0;
  }

  /** Looks every 20 ms until something is so, or until it is too late. */
  private void await(BooleanSupplier what, BooleanSupplier tooLate) {
    while (!what.getAsBoolean()) {
      worker.requireAlive();
      if (tooLate.getAsBoolean()) {
        return;
      }
      LockSupport.parkNanos(GLANCE.toNanos());
    }
  }

  /** Ends the worker and removes the queue, once; also when the command is stopped by Ctrl-C. */
  @Override
  public void close() {
    if (worker != null && closed.compareAndSet(false, true)) {
      worker.close();
      commandContext.await(
          new QueueRemoval(commandContext.link(), commandContext.prefix()).remove(queue));
    }
  }

  /** Whether mail still arrives. */
  private final class Progress {

    private int last = -1;
    private long changedAt = System.nanoTime();

    boolean complete(ProgressBar bar) {
      int now = sink.distinct();
      bar.show(now);
      if (now != last) {
        last = now;
        changedAt = System.nanoTime();
      }
      return now >= plan.mails();
    }

    boolean standsStill() {
      return System.nanoTime() - changedAt > STANDSTILL.toNanos();
    }
  }
}
