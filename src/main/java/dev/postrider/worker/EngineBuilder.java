package dev.postrider.worker;

import dev.postrider.delivery.Judge;
import dev.postrider.delivery.Transport;
import dev.postrider.delivery.Transports;
import dev.postrider.event.Meters;
import dev.postrider.event.QueueMeters;
import dev.postrider.event.Traces;
import dev.postrider.guard.Forgetter;
import dev.postrider.guard.Guards;
import dev.postrider.queue.Inheritance;
import dev.postrider.queue.Intents;
import dev.postrider.queue.Reader;
import dev.postrider.queue.Settler;
import dev.postrider.retry.RetryPolicy;
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
  private final Transports transports;
  private final Decoder decoder;
  private final RetryPolicy retryPolicy;
  private final WorkerPlan plan;

  EngineBuilder(
      RedisLinks redis,
      Transports transports,
      Decoder decoder,
      RetryPolicy retryPolicy,
      WorkerPlan plan) {
    this.redis = redis;
    this.transports = transports;
    this.decoder = decoder;
    this.retryPolicy = retryPolicy;
    this.plan = plan;
  }

  /**
   * @param context the calling context
   * @param number of the engine, from 0
   * @param deadlines told when mail is due
   */
  Engine build(Context context, int number, Settlements.Deadlines deadlines) {
    Meters meters = new Meters(plan.queues(), transports.routes());
    String consumer = plan.name() + "-" + number;
    Engine.Links links = new Engine.Links(redis.open(), redis.openWaiting(plan.queues()));
    Slots slots = new Slots(plan.slots(number), plan.bytesPerEngine());
    Reader reader =
        new Reader(plan.queueSettings().prefix(), consumer, (queue, n) -> left(meters, queue, n));
    Guards guards = new Guards(links.commands(), plan.queueSettings().prefix(), plan.keepKeys());
    Source source = source(reader, links);
    Heartbeat heartbeat = heartbeat(consumer, links, slots);
    Transport transport = transports.open(context, plan.slots(number));
    Traces traces = plan.traces(context);
    Forgetter forgetter = new Forgetter(context, guards);
    Settlements settlements =
        new Settlements(
            new Settler(context, links.commands(), consumer, plan.queueSettings()),
            forgetter,
            deadlines,
            new FlightMeters(meters),
            new FlightTraces(traces));
    Judge judge = new Judge(retryPolicy, () -> ThreadLocalRandom.current().nextDouble());
    return new Engine(
        new Engine.Parts(
            context,
            consumer,
            plan.queues(),
            slots,
            links,
            reader,
            guards,
            new Intake(context, slots, source, decoder, guards),
            new Attempt(transport, guards, judge, settlements, gates(consumer, links, heartbeat)),
            heartbeat,
            reclaimer(consumer, links, heir(source, meters)),
            transport,
            meters,
            traces,
            forgetter));
  }

  /** Told once, for there may be many; the number is counted. */
  private void left(Meters meters, String queue, int entries) {
    meters.queue(queue).add(QueueMeters.Count.LEFT, entries);
    if (!toldOfNewer.getAndSet(true)) {
      LOG.warnf(
          "Queue %s holds mail of a newer format than this version reads. It is left to newer"
              + " workers, unharmed; update this one.",
          queue);
    }
  }

  private DotGates gates(String consumer, Engine.Links links, Heartbeat heartbeat) {
    return new DotGates(
        heartbeat::entitled,
        new Intents(links.commands(), plan.queueSettings().prefix(), consumer));
  }

  private Source source(Reader reader, Engine.Links links) {
    Pauses pauses = new Pauses(links.commands(), plan.queueSettings().prefix());
    return new Source(reader, links, plan.weights(), pauses);
  }

  private static BiConsumer<String, Inheritance.Taken> heir(Source source, Meters meters) {
    return (queue, taken) -> {
      meters.queue(queue).add(QueueMeters.Count.RECLAIMED, taken.taken());
      meters.queue(queue).add(QueueMeters.Count.POISONED, taken.buried());
      if (taken.taken() > 0) {
        source.readAgain(queue);
      }
    };
  }

  private Reclaimer reclaimer(
      String consumer, Engine.Links links, BiConsumer<String, Inheritance.Taken> heir) {
    return new Reclaimer(
        consumer,
        plan.queues(),
        plan.queueSettings().leaseTime(),
        new Inheritance(links.commands(), plan.queueSettings()),
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
