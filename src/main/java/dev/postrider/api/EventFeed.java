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
 * Streams events to HTTP clients (listeners). Each listener has its own Redis connection while it
 * listens. Nothing is buffered: for a slow listener, events are read from Redis slowly.
 */
@Singleton
final class EventFeed {

  /** Each costs one Redis connection and one HTTP connection; dashboards need a few. */
  static final int LISTENERS_MAX = 64;

  /** Without events, a comment is sent this often; a failed write shows that the client is gone. */
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
   * One item of the stream.
   *
   * @param event empty for a keep-alive
   * @param cursor position after this item
   */
  record FeedItem(Optional<Event> event, EventCursor cursor) {}

  /** Number of listeners now. */
  int listeners() {
    return listeners.get();
  }

  /**
   * Events from now on, or from a cursor. The stream ends when Redis is lost, because a response
   * that has begun cannot become an error; the client reconnects and continues at its cursor.
   *
   * @throws ProblemException if Redis does not answer, or if there are too many listeners
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
          "There are %d listeners already. Close one, or read the events stream in Redis."
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

  /** Position of one listener. */
  private static final class Subscription {

    private final EventReader reader;
    private final List<String> queues;
    private volatile EventCursor cursor;

    Subscription(EventReader reader, List<String> queues) {
      this.reader = reader;
      this.queues = queues;
    }

    /** A queue that the cursor does not name starts now. */
    @CheckReturnValue
    Uni<EventCursor> start(Optional<EventCursor> from) {
      return reader.end(queues).map(end -> startCursor(from, end)).invoke(at -> cursor = at);
    }

    private static EventCursor startCursor(Optional<EventCursor> from, EventCursor end) {
      return from.map(place -> place.forQueuesOf(end)).orElse(end);
    }

    /** The first item is a keep-alive: it shows that from now on no event is missed. */
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
