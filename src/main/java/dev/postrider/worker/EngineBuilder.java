package dev.postrider.worker;

import dev.postrider.delivery.OutcomeDecider;
import dev.postrider.delivery.Transport;
import dev.postrider.delivery.TransportFactory;
import dev.postrider.event.EngineMetrics;
import dev.postrider.event.QueueMetrics;
import dev.postrider.event.SpanExporter;
import dev.postrider.guard.CancelTopicCleaner;
import dev.postrider.guard.Guards;
import dev.postrider.queue.GroupReader;
import dev.postrider.queue.SettleBatcher;
import dev.postrider.queue.consumer.Reclaim;
import dev.postrider.queue.consumer.SendIntents;
import dev.postrider.retry.RetryPolicy;
import dev.postrider.worker.fetch.Decoder;
import dev.postrider.worker.fetch.EntrySource;
import dev.postrider.worker.fetch.Fetcher;
import dev.postrider.worker.fetch.PausedQueues;
import dev.postrider.worker.fetch.Slots;
import dev.postrider.worker.lease.Heartbeat;
import dev.postrider.worker.lease.Reclaimer;
import io.vertx.core.Context;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;

/** Puts an engine together on the event loop that it will live on. */
@Singleton
final class EngineBuilder {

  private static final Logger LOG = Logger.getLogger(EngineBuilder.class);

  private final AtomicBoolean toldOfNewer = new AtomicBoolean();
  private final RedisLinks redis;
  private final TransportFactory transportFactory;
  private final Decoder decoder;
  private final RetryPolicy retryPolicy;
  private final WorkerSettings plan;

  EngineBuilder(
      RedisLinks redis,
      TransportFactory transportFactory,
      Decoder decoder,
      RetryPolicy retryPolicy,
      WorkerSettings plan) {
    this.redis = redis;
    this.transportFactory = transportFactory;
    this.decoder = decoder;
    this.retryPolicy = retryPolicy;
    this.plan = plan;
  }

  /**
   * @param context the calling context
   * @param number of the engine, from 0
   * @param dueListener told when mail is due
   */
  Engine build(Context context, int number, OutcomeWriter.DueListener dueListener) {
    EngineMetrics engineMetrics = new EngineMetrics(plan.queues(), transportFactory.routes());
    String consumer = plan.name() + "-" + number;
    Engine.Links links = new Engine.Links(redis.open(), redis.openWaiting(plan.queues()));
    Slots slots = new Slots(plan.slots(number), plan.bytesPerEngine());
    GroupReader groupReader =
        new GroupReader(
            plan.queueSettings().prefix(), consumer, (queue, n) -> left(engineMetrics, queue, n));
    Guards guards = new Guards(links.commands(), plan.queueSettings().prefix(), plan.keepKeys());
    EntrySource entrySource = source(groupReader, links);
    Heartbeat heartbeat = heartbeat(consumer, links, slots);
    Transport transport = transportFactory.open(context, plan.slots(number));
    SpanExporter spanExporter = plan.traces(context);
    CancelTopicCleaner cancelTopicCleaner = new CancelTopicCleaner(context, guards);
    OutcomeWriter outcomeWriter =
        new OutcomeWriter(
            new SettleBatcher(context, links.commands(), consumer, plan.queueSettings()),
            cancelTopicCleaner,
            dueListener,
            new AttemptMetrics(engineMetrics),
            new AttemptTracing(spanExporter));
    OutcomeDecider outcomeDecider =
        new OutcomeDecider(retryPolicy, () -> ThreadLocalRandom.current().nextDouble());
    return new Engine(
        new Engine.Parts(
            context,
            consumer,
            plan.queues(),
            slots,
            links,
            groupReader,
            guards,
            new Fetcher(context, slots, entrySource, decoder, guards),
            new Processor(
                transport,
                guards,
                outcomeDecider,
                outcomeWriter,
                gates(consumer, links, heartbeat)),
            heartbeat,
            reclaimer(consumer, links, heir(entrySource, engineMetrics)),
            transport,
            engineMetrics,
            spanExporter,
            cancelTopicCleaner));
  }

  /** Told once, for there may be many; the number is counted. */
  private void left(EngineMetrics engineMetrics, String queue, int entries) {
    engineMetrics.queue(queue).add(QueueMetrics.Count.NEWER_FORMAT, entries);
    if (!toldOfNewer.getAndSet(true)) {
      LOG.warnf(
          "Queue %s holds mail of a newer format than this version reads. It is left to newer"
              + " workers, unharmed; update this one.",
          queue);
    }
  }

  private LeaseGates gates(String consumer, Engine.Links links, Heartbeat heartbeat) {
    return new LeaseGates(
        heartbeat::holdsLease,
        new SendIntents(links.commands(), plan.queueSettings().prefix(), consumer));
  }

  private EntrySource source(GroupReader groupReader, Engine.Links links) {
    PausedQueues pausedQueues = new PausedQueues(links.commands(), plan.queueSettings().prefix());
    return new EntrySource(groupReader, links, plan.weights(), pausedQueues);
  }

  private static BiConsumer<String, Reclaim.Reclaimed> heir(
      EntrySource entrySource, EngineMetrics engineMetrics) {
    return (queue, reclaimed) -> {
      engineMetrics.queue(queue).add(QueueMetrics.Count.RECLAIMED, reclaimed.reclaimed());
      engineMetrics.queue(queue).add(QueueMetrics.Count.POISONED, reclaimed.poisoned());
      if (reclaimed.reclaimed() > 0) {
        entrySource.readAgain(queue);
      }
    };
  }

  private Reclaimer reclaimer(
      String consumer, Engine.Links links, BiConsumer<String, Reclaim.Reclaimed> heir) {
    return new Reclaimer(
        consumer,
        plan.queues(),
        plan.queueSettings().leaseTime(),
        new Reclaim(links.commands(), plan.queueSettings()),
        heir);
  }

  private Heartbeat heartbeat(String consumer, Engine.Links links, Slots slots) {
    Map<String, Heartbeat.Lease> leases =
        Heartbeat.leases(plan.queueSettings().prefix(), plan.queues(), consumer);
    return new Heartbeat(
        links.commands(),
        leases,
        plan.queueSettings().leaseTime(),
        () -> plan.description(consumer, slots.inFlight()));
  }
}
