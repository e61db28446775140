package dev.postrider.api;

import dev.postrider.config.Settings;
import dev.postrider.guard.Guards;
import dev.postrider.queue.admin.MailLookup;
import dev.postrider.queue.admin.QueuePauses;
import dev.postrider.queue.admin.QueueStatsReader;
import dev.postrider.queue.consumer.LiveConsumers;
import dev.postrider.queue.deadletter.DeadLetterSearch;
import dev.postrider.queue.deadletter.DeadLetters;
import dev.postrider.queue.enqueue.EnqueueBatcher;
import dev.postrider.queue.enqueue.Enqueuer;
import dev.postrider.redis.connection.Link;
import dev.postrider.redis.connection.LinkSettings;
import dev.postrider.redis.connection.RedisServers;
import dev.postrider.redis.health.ServerInfoReader;
import dev.postrider.schedule.ScheduledMails;
import dev.postrider.worker.WorkerSettings;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Creates the beans of the HTTP API. They share one Redis connection, apart from the engines'. */
final class ApiBeans {

  /** A caller waits twice three seconds at most before it gets the answer "Redis is down". */
  private static final LinkSettings REDIS_TIMEOUTS =
      new LinkSettings(Duration.ofSeconds(3), Duration.ofSeconds(3), Duration.ofMillis(500));

  /** Created at start: otherwise the link would use the context of the first request. */
  @Produces
  @Singleton
  @Startup
  Link link(RedisServers redis) {
    return redis.link(REDIS_TIMEOUTS);
  }

  void close(@Disposes Link link) {
    link.close();
  }

  @Produces
  @Singleton
  Guards guards(Link link, Settings settings) {
    return new Guards(link, settings.keyPrefix(), settings.idempotency().keep());
  }

  @Produces
  @Singleton
  Enqueuer enqueuer(Link link, Settings settings, WorkerSettings workerSettings) {
    return new Enqueuer(link, settings.keyPrefix(), workerSettings.enqueueBounds());
  }

  @Produces
  @Singleton
  EnqueueBatcher enqueueBatcher(Link link, Enqueuer enqueuer) {
    return new EnqueueBatcher(link, enqueuer);
  }

  @Produces
  @Singleton
  MailLookup mailLookup(Link link, Settings settings) {
    return new MailLookup(link, settings.keyPrefix());
  }

  @Produces
  @Singleton
  DeadLetters deadLetters(Link link, WorkerSettings workerSettings) {
    return new DeadLetters(link, workerSettings.queueSettings());
  }

  @Produces
  @Singleton
  DeadLetterSearch deadLetterSearch(DeadLetters deadLetters) {
    return new DeadLetterSearch(deadLetters);
  }

  @Produces
  @Singleton
  ScheduledMails scheduledMails(Link link, Settings settings) {
    return new ScheduledMails(link, settings.keyPrefix());
  }

  @Produces
  @Singleton
  QueuePauses queuePauses(Link link, Settings settings) {
    return new QueuePauses(link, settings.keyPrefix());
  }

  @Produces
  @Singleton
  LiveConsumers liveConsumers(Link link, Settings settings) {
    return new LiveConsumers(link, settings.keyPrefix());
  }

  @Produces
  @Singleton
  QueueStatsReader queueStatsReader(Link link, Settings settings) {
    return new QueueStatsReader(link, settings.keyPrefix());
  }

  @Produces
  @Singleton
  ServerInfoReader serverInfoReader(Link link) {
    return new ServerInfoReader(link);
  }
}
