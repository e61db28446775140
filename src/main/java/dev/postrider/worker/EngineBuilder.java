package dev.postrider.worker;

import dev.postrider.delivery.OutcomeDecider;
import dev.postrider.delivery.TransportFactory;
import dev.postrider.delivery.route.RouteHealths;
import dev.postrider.event.EngineMetrics;
import dev.postrider.event.QueueMetrics;
import dev.postrider.guard.CancelTopicCleaner;
import dev.postrider.guard.Guards;
import dev.postrider.queue.GroupReader;
import dev.postrider.queue.SettleBatcher;
import dev.postrider.queue.consumer.Reclaim;
import dev.postrider.queue.consumer.SendIntents;
import dev.postrider.redis.connection.Link;
import dev.postrider.worker.admission.Admission;
import dev.postrider.worker.fetch.BatchCheck;
import dev.postrider.worker.fetch.Decoder;
import dev.postrider.worker.fetch.EventLoop;
import dev.postrider.worker.fetch.Fetcher;
import dev.postrider.worker.fetch.RedisReads;
import dev.postrider.worker.fetch.Slots;
import dev.postrider.worker.lease.Heartbeat;
import dev.postrider.worker.lease.Reclaimer;
import io.vertx.core.Context;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Builds engines, each on the event loop that it will live on. */
@Singleton
final class EngineBuilder {

  private static final Logger LOG = Logger.getLogger(EngineBuilder.class);

  private final AtomicBoolean newerFormatLogged = new AtomicBoolean();
  private final RedisLinks redis;
  private final TransportFactory transportFactory;
  private final Decoder decoder;
  private final RouteHealths healths;
  private final WorkerSettings settings;

  EngineBuilder(
      RedisLinks redis,
      TransportFactory transportFactory,
      Decoder decoder,
      RouteHealths healths,
      WorkerSettings settings) {
    this.redis = redis;
    this.transportFactory = transportFactory;
    this.decoder = decoder;
    this.healths = healths;
    this.settings = settings;
  }

  /**
   * @param context the calling context
   * @param number of the engine, from 0
   * @param dueListener told when mail is due
   */
  Engine build(Context context, int number, OutcomeWriter.DueListener dueListener) {
    Parts parts = new Parts(context, number);
    Heartbeat heartbeat = parts.heartbeat();
    Fetcher fetcher = parts.fetcher(heartbeat);
    EngineConnections connections = parts.connections();
    Pipeline pipeline =
        new Pipeline(
            fetcher,
            new BatchCheck(parts.guards::check, fetcher),
            parts.admission(parts.processor(connections)),
            parts.outcomeWriter(connections, dueListener),
            parts.sentDots);
    EngineLease lease = new EngineLease(heartbeat, parts.reclaimer(fetcher, heartbeat));
    return new Engine(context, pipeline, lease, connections, parts.engineMetrics);
  }

  /** Logged once, for there may be many; the number is counted. */
  private void newerFormat(EngineMetrics engineMetrics, String queue, int entries) {
    engineMetrics.queue(queue).add(QueueMetrics.Count.NEWER_FORMAT, entries);
    if (!newerFormatLogged.getAndSet(true)) {
      LOG.warnf(
          "Queue %s holds mail of a newer format than this version reads. It is left to newer"
              + " workers, unharmed; update this one.",
          queue);
    }
  }

  /** Makes the parts of one engine from what they share. */
  private final class Parts {

    private final Context context;
    private final String prefix = settings.queueSettings().prefix();
    private final String consumer;
    private final int capacity;
    private final Slots slots;
    private final SentDots sentDots = new SentDots();
    private final Link commands = redis.open();
    private final Map<String, Link> waiting = redis.openWaiting(settings.queues());
    private final Guards guards = new Guards(commands, prefix, settings.keepKeys());
    private final EngineMetrics engineMetrics =
        new EngineMetrics(settings.queues(), transportFactory.routes());

    Parts(Context context, int number) {
      this.context = context;
      this.consumer = settings.name() + "-" + number;
      this.capacity = settings.slots(number);
      this.slots = new Slots(capacity, settings.bytesPerEngine());
    }

    Fetcher fetcher(Heartbeat heartbeat) {
      GroupReader groupReader =
          new GroupReader(
              prefix,
              consumer,
              heartbeat::term,
              (queue, entries) -> newerFormat(engineMetrics, queue, entries));
      return new Fetcher(
          new RedisReads(groupReader, prefix, commands, waiting),
          settings.weights(),
          slots,
          decoder::decode,
          EventLoop.of(context));
    }

    EngineConnections connections() {
      List<Link> links = new ArrayList<>(List.of(commands));
      links.addAll(waiting.values());
      return new EngineConnections(
          transportFactory.open(context, capacity),
          settings.traces(context),
          new CancelTopicCleaner(context, guards),
          links);
    }

    Processor processor(EngineConnections connections) {
      return new Processor(
          connections.transport(),
          new OutcomeDecider(
              settings.retryPolicy(),
              () -> ThreadLocalRandom.current().nextDouble(),
              route -> healths.of(route).takesMail()),
          guards::check,
          new SendIntents(commands, prefix, consumer)::record,
          sentDots);
    }

    Admission admission(Processor processor) {
      return new Admission(capacity, healths, processor::process, EventLoop.of(context));
    }

    OutcomeWriter outcomeWriter(
        EngineConnections connections, OutcomeWriter.DueListener dueListener) {
      return new OutcomeWriter(
          new SettleBatcher(context, commands, consumer, settings.queueSettings())::settle,
          connections.cancelTopicCleaner()::add,
          dueListener,
          new AttemptMetrics(engineMetrics),
          new AttemptTracing(connections.spanExporter()));
    }

    Heartbeat heartbeat() {
      return new Heartbeat(
          commands,
          Heartbeat.leases(prefix, settings.queues(), consumer),
          settings.queueSettings().leaseTime(),
          System::nanoTime,
          () -> settings.description(consumer, slots.inFlight()));
    }

    Reclaimer reclaimer(Fetcher fetcher, Heartbeat heartbeat) {
      return new Reclaimer(
          consumer,
          heartbeat,
          settings.queueSettings().leaseTime(),
          new Reclaim(commands, settings.queueSettings()),
          new Reclaimed(fetcher, engineMetrics));
    }
  }

  /** What the engine does with mail that was taken over. */
  private record Reclaimed(Fetcher fetcher, EngineMetrics engineMetrics)
      implements Reclaimer.NewOwner {

    @Override
    public int room(String queue) {
      return fetcher.room(queue);
    }

    @Override
    public void onReclaimed(String queue, Reclaim.Reclaimed reclaimed) {
      engineMetrics.queue(queue).add(QueueMetrics.Count.RECLAIMED, reclaimed.reclaimed());
      engineMetrics.queue(queue).add(QueueMetrics.Count.POISONED, reclaimed.poisoned());
      if (reclaimed.reclaimed() > 0) {
        fetcher.readAgain(queue);
      }
    }
  }
}
