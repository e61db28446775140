package dev.postrider.api;

import dev.postrider.config.Settings;
import dev.postrider.guard.Guards;
import dev.postrider.queue.Backlogs;
import dev.postrider.queue.Enqueuer;
import dev.postrider.queue.Finder;
import dev.postrider.queue.Gatherer;
import dev.postrider.queue.Graveyard;
import dev.postrider.queue.Pauser;
import dev.postrider.queue.QueueView;
import dev.postrider.queue.Survey;
import dev.postrider.queue.Workforce;
import dev.postrider.redis.FactFinder;
import dev.postrider.redis.Link;
import dev.postrider.redis.LinkSettings;
import dev.postrider.redis.RedisServers;
import dev.postrider.schedule.Agenda;
import dev.postrider.worker.WorkerPlan;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The tools of the door. They share one pipelined connection to Redis, apart from the engines'. */
final class ApiParts {

  /** A caller waits: twice three seconds at most until it is told that Redis is down. */
  private static final LinkSettings PATIENCE =
      new LinkSettings(Duration.ofSeconds(3), Duration.ofSeconds(3), Duration.ofMillis(500));

  /** At the start, so that the link does not live on the context of some request. */
  @Produces
  @Singleton
  @Startup
  Link link(RedisServers redis) {
    return redis.link(PATIENCE);
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
  Enqueuer enqueuer(Link link, Settings settings) {
    return new Enqueuer(
        link,
        settings.keyPrefix(),
        new Enqueuer.Bounds(
            settings.limits().backlog(),
            settings.idempotency().keep(),
            settings.history().maxMails()));
  }

  @Produces
  @Singleton
  Gatherer gatherer(Link link, Enqueuer enqueuer) {
    return new Gatherer(link, enqueuer);
  }

  @Produces
  @Singleton
  Finder finder(Link link, Settings settings) {
    return new Finder(link, settings.keyPrefix());
  }

  @Produces
  @Singleton
  Graveyard graveyard(Link link, WorkerPlan plan) {
    return new Graveyard(link, plan.queueSettings());
  }

  @Produces
  @Singleton
  Survey survey(Graveyard graveyard) {
    return new Survey(graveyard);
  }

  @Produces
  @Singleton
  Agenda agenda(Link link, Settings settings) {
    return new Agenda(link, settings.keyPrefix());
  }

  @Produces
  @Singleton
  Pauser pauser(Link link, Settings settings) {
    return new Pauser(link, settings.keyPrefix());
  }

  @Produces
  @Singleton
  Workforce workforce(Link link, Settings settings) {
    return new Workforce(link, settings.keyPrefix());
  }

  @Produces
  @Singleton
  QueueView queueView(Link link, Settings settings) {
    return new QueueView(link, settings.keyPrefix());
  }

  @Produces
  @Singleton
  FactFinder factFinder(Link link) {
    return new FactFinder(link);
  }

  @Produces
  @Singleton
  Backlogs backlogs(Link link, Settings settings) {
    return new Backlogs(link, settings.keyPrefix());
  }
}
