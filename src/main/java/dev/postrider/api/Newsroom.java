package dev.postrider.api;

import dev.postrider.api.problem.Kind;
import dev.postrider.api.problem.Outage;
import dev.postrider.api.problem.Refusal;
import dev.postrider.config.Settings;
import dev.postrider.event.Event;
import dev.postrider.event.EventPlaces;
import dev.postrider.event.EventReader;
import dev.postrider.redis.Link;
import dev.postrider.redis.LinkSettings;
import dev.postrider.redis.RedisDown;
import dev.postrider.redis.RedisServers;
import dev.postrider.redis.RedisWatch;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads events for those who listen: each has a connection to Redis of its own, for as long as it
 * listens. A listener that reads slowly is read for slowly; nothing is kept for it.
 */
@Singleton
final class Newsroom {

  /** Each is a connection to Redis and one to us; dashboards need a handful. */
  static final int LISTENERS_MAX = 64;

  /** A quiet queue is reported as such so often, which also shows whether anybody listens. */
  private static final Duration QUIET = Duration.ofSeconds(15);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(30);
  private static final int BATCH_MAX = 100;

  private final RedisServers redis;
  private final RedisWatch watch;
  private final String prefix;
  private final AtomicInteger listeners = new AtomicInteger();

  Newsroom(RedisServers redis, RedisWatch watch, Settings settings) {
    this.watch = watch;
    this.redis = redis;
    this.prefix = settings.keyPrefix();
  }

  /**
   * Something to tell.
   *
   * @param event empty if it is only that nothing happens
   * @param places where to go on
   */
  record News(Optional<Event> event, EventPlaces places) {}

  /** How many listen now. */
  int listeners() {
    return listeners.get();
  }

  /**
   * Events from now on, or from where somebody has left off. It ends when Redis is lost: who
   * listens comes again and goes on where it was, for an answer that has begun cannot become a
   * refusal.
   *
   * @throws Refusal if Redis does not answer, or too many listen already
   */
  @CheckReturnValue
  Multi<News> follow(List<String> queues, Optional<EventPlaces> from) {
    if (!watch.answered()) {
      throw Outage.refusal();
    }
    if (listeners.incrementAndGet() > LISTENERS_MAX) {
      listeners.decrementAndGet();
      throw Refusal.forNow(
          Kind.TOO_MANY_LISTENERS,
          "%d listen already. Close one, or read the events stream in Redis."
              .formatted(LISTENERS_MAX),
          RETRY_AFTER);
    }
    Link link = redis.link(LinkSettings.defaults());
    Reading reading = new Reading(new EventReader(link, prefix, redis.spread()), queues);
    return reading
        .start(from)
        .onItem()
        .transformToMulti(start -> reading.all())
        .onFailure(RedisDown::mayPass)
        .recoverWithCompletion()
        .onTermination()
        .invoke(() -> leave(link));
  }

  private void leave(Link link) {
    listeners.decrementAndGet();
    link.close();
  }

  /** How far one listener has come. */
  private static final class Reading {

    private final EventReader reader;
    private final List<String> queues;
    private volatile EventPlaces places;

    Reading(EventReader reader, List<String> queues) {
      this.reader = reader;
      this.queues = queues;
    }

    /** A queue that was not among those heard before begins now. */
    @CheckReturnValue
    Uni<EventPlaces> start(Optional<EventPlaces> from) {
      return reader.end(queues).map(end -> startingAt(from, end)).invoke(at -> places = at);
    }

    private static EventPlaces startingAt(Optional<EventPlaces> from, EventPlaces end) {
      return from.map(place -> place.in(end)).orElse(end);
    }

    /** The first says that from now on nothing is missed. */
    @CheckReturnValue
    Multi<News> all() {
      Multi<News> begun = Multi.createFrom().item(() -> new News(Optional.empty(), places));
      Multi<News> told =
          Multi.createBy().repeating().uni(this::next).indefinitely().onItem().disjoint();
      return Multi.createBy().concatenating().streams(begun, told);
    }

    private Uni<List<News>> next() {
      return reader.after(places, BATCH_MAX, QUIET).map(this::news);
    }

    private List<News> news(List<Event> events) {
      if (events.isEmpty()) {
        return List.of(new News(Optional.empty(), places));
      }
      List<News> news = new ArrayList<>();
      for (Event event : events) {
        places = places.past(event);
        news.add(new News(Optional.of(event), places));
      }
      return news;
    }
  }
}
