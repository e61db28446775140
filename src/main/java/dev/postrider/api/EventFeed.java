package dev.postrider.api;

import dev.postrider.api.problem.ProblemException;
import dev.postrider.api.problem.ProblemType;
import dev.postrider.api.problem.RedisUnavailableProblem;
import dev.postrider.config.Settings;
import dev.postrider.event.Event;
import dev.postrider.event.EventCursor;
import dev.postrider.event.EventReader;
import dev.postrider.redis.RedisUnavailable;
import dev.postrider.redis.connection.Link;
import dev.postrider.redis.connection.LinkSettings;
import dev.postrider.redis.connection.RedisServers;
import dev.postrider.redis.health.RedisHealth;
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
final class EventFeed {

  /** Each is a connection to Redis and one to us; dashboards need a handful. */
  static final int LISTENERS_MAX = 64;

  /** A quiet queue is reported as such so often, which also shows whether anybody listens. */
  private static final Duration KEEP_ALIVE_INTERVAL = Duration.ofSeconds(15);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(30);
  private static final int BATCH_MAX = 100;

  private final RedisServers redis;
  private final RedisHealth redisHealth;
  private final String prefix;
  private final AtomicInteger listeners = new AtomicInteger();

  EventFeed(RedisServers redis, RedisHealth redisHealth, Settings settings) {
    this.redisHealth = redisHealth;
    this.redis = redis;
    this.prefix = settings.keyPrefix();
  }

  /**
   * Something to tell.
   *
   * @param event empty if it is only that nothing happens
   * @param cursor where to go on
   */
  record FeedItem(Optional<Event> event, EventCursor cursor) {}

  /** How many listen now. */
  int listeners() {
    return listeners.get();
  }

  /**
   * Events from now on, or from where somebody has left off. It ends when Redis is lost: who
   * listens comes again and goes on where it was, for an answer that has begun cannot become a
   * refusal.
   *
   * @throws ProblemException if Redis does not answer, or too many listen already
   */
  @CheckReturnValue
  Multi<FeedItem> follow(List<String> queues, Optional<EventCursor> from) {
    if (!redisHealth.isAvailable()) {
      throw RedisUnavailableProblem.exception();
    }
    if (listeners.incrementAndGet() > LISTENERS_MAX) {
      listeners.decrementAndGet();
      throw ProblemException.retryLater(
          ProblemType.TOO_MANY_LISTENERS,
          "%d listen already. Close one, or read the events stream in Redis."
              .formatted(LISTENERS_MAX),
          RETRY_AFTER);
    }
    Link link = redis.link(LinkSettings.defaults());
    Subscription subscription =
        new Subscription(new EventReader(link, prefix, redis.isCluster()), queues);
    return subscription
        .start(from)
        .onItem()
        .transformToMulti(start -> subscription.all())
        .onFailure(RedisUnavailable::isTemporary)
        .recoverWithCompletion()
        .onTermination()
        .invoke(() -> unsubscribe(link));
  }

  private void unsubscribe(Link link) {
    listeners.decrementAndGet();
    link.close();
  }

  /** How far one listener has come. */
  private static final class Subscription {

    private final EventReader reader;
    private final List<String> queues;
    private volatile EventCursor cursor;

    Subscription(EventReader reader, List<String> queues) {
      this.reader = reader;
      this.queues = queues;
    }

    /** A queue that was not among those heard before begins now. */
    @CheckReturnValue
    Uni<EventCursor> start(Optional<EventCursor> from) {
      return reader.end(queues).map(end -> startCursor(from, end)).invoke(at -> cursor = at);
    }

    private static EventCursor startCursor(Optional<EventCursor> from, EventCursor end) {
      return from.map(place -> place.forQueuesOf(end)).orElse(end);
    }

    /** The first says that from now on nothing is missed. */
    @CheckReturnValue
    Multi<FeedItem> all() {
      Multi<FeedItem> first = Multi.createFrom().item(() -> new FeedItem(Optional.empty(), cursor));
      Multi<FeedItem> following =
          Multi.createBy().repeating().uni(this::next).indefinitely().onItem().disjoint();
      return Multi.createBy().concatenating().streams(first, following);
    }

    private Uni<List<FeedItem>> next() {
      return reader.after(cursor, BATCH_MAX, KEEP_ALIVE_INTERVAL).map(this::items);
    }

    private List<FeedItem> items(List<Event> events) {
      if (events.isEmpty()) {
        return List.of(new FeedItem(Optional.empty(), cursor));
      }
      List<FeedItem> items = new ArrayList<>();
      for (Event event : events) {
        cursor = cursor.advance(event);
        items.add(new FeedItem(Optional.of(event), cursor));
      }
      return items;
    }
  }
}
