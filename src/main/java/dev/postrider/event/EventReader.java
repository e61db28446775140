package dev.postrider.event;

import dev.postrider.redis.Keys;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the events streams of some queues, from any place on. It needs a link of its own, because
 * it waits on it.
 */
public final class EventReader {

  private static final String BEGINNING = "0-0";

  /** Where no command may wait for several queues, they are looked at so often. */
  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

  private final Link link;
  private final String prefix;
  private final boolean cluster;

  /**
   * @param prefix of every key
   * @param spread true if queues may live on different servers
   */
  public EventReader(Link link, String prefix, boolean spread) {
    this.link = link;
    this.prefix = prefix;
    this.cluster = spread;
  }

  /** Where these queues end now: only what happens from now on comes after it. */
  @CheckReturnValue
  public Uni<EventCursor> end(List<String> queues) {
    return Uni.join()
        .all(queues.stream().map(this::last).toList())
        .andFailFast()
        .map(entries -> cursor(queues, entries));
  }

  private Uni<String> last(String queue) {
    Request newest =
        Request.cmd(Command.XREVRANGE).arg(events(queue)).arg("+").arg("-").arg("COUNT").arg(1);
    return link.send(newest)
        .map(entries -> entries.size() == 0 ? BEGINNING : entries.get(0).get(0).toString());
  }

  private static EventCursor cursor(List<String> queues, List<String> entries) {
    Map<String, String> after = new LinkedHashMap<>();
    for (int i = 0; i < queues.size(); i++) {
      after.put(queues.get(i), entries.get(i));
    }
    return new EventCursor(after);
  }

  /**
   * The next events of each queue, in its order; waits for the first of all.
   *
   * @param atMost events of each queue
   * @param timeout longest wait; zero not to wait
   * @return empty if nothing happened in time
   */
  @CheckReturnValue
  public Uni<List<Event>> after(EventCursor places, int atMost, Duration timeout) {
    return cluster && places.after().size() > 1
        ? poll(places, atMost, timeout)
        : wait(places, atMost, timeout);
  }

  private Uni<List<Event>> poll(EventCursor places, int atMost, Duration left) {
    return Uni.join()
        .all(places.perQueue().map(place -> wait(place, atMost, Duration.ZERO)).toList())
        .andFailFast()
        .map(EventReader::joined)
        .chain(events -> events.isEmpty() ? later(places, atMost, left) : seen(events));
  }

  private Uni<List<Event>> later(EventCursor places, int atMost, Duration left) {
    Duration rest = left.minus(POLL_INTERVAL);
    return rest.isNegative()
        ? seen(List.of())
        : seen(List.of())
            .onItem()
            .delayIt()
            .by(POLL_INTERVAL)
            .chain(() -> poll(places, atMost, rest));
  }

  private static Uni<List<Event>> seen(List<Event> events) {
    return Uni.createFrom().item(events);
  }

  private static List<Event> joined(List<List<Event>> all) {
    return all.stream().flatMap(List::stream).toList();
  }

  private Uni<List<Event>> wait(EventCursor places, int atMost, Duration timeout) {
    Request read = Request.cmd(Command.XREAD).arg("COUNT").arg(atMost);
    if (!timeout.isZero()) {
      read.arg("BLOCK").arg(timeout.toMillis());
    }
    read.arg("STREAMS");
    places.after().keySet().forEach(queue -> read.arg(events(queue)));
    places.after().values().forEach(read::arg);
    return link.send(read, timeout).map(EventReader::read);
  }

  private static List<Event> read(Response streams) {
    List<Event> events = new ArrayList<>();
    if (streams != null) {
      streams.forEach(stream -> readStream(stream, events));
    }
    return events;
  }

  private static void readStream(Response stream, List<Event> events) {
    String key = stream.get(0).toString();
    String queue = key.substring(key.indexOf('{') + 1, key.indexOf('}'));
    stream.get(1).forEach(entry -> events.add(event(queue, entry)));
  }

  private static Event event(String queue, Response entry) {
    Map<String, String> words = new LinkedHashMap<>();
    Response fields = entry.get(1);
    for (int i = 0; i + 1 < fields.size(); i += 2) {
      words.put(fields.get(i).toString(), fields.get(i + 1).toString());
    }
    return new Event(queue, entry.get(0).toString(), words);
  }

  private String events(String queue) {
    return new Keys(prefix, queue).events();
  }
}
