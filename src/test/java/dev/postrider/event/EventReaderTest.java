package dev.postrider.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.Loop;
import dev.postrider.support.redis.RedisFixture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading events of several queues, from one server or from many. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventReaderTest {

  private static final List<String> QUEUES = List.of("a", "b");

  @RegisterExtension static final RedisFixture redis = new RedisFixture();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void reads_each_queue_in_its_order_and_goes_on_after_it(boolean spread) {
    happen("a", "1-1");
    happen("b", "1-1");
    happen("a", "2-1");
    EventReader reader = new EventReader(redis.link(), "mail", spread);
    EventCursor places = EventCursor.beginning(QUEUES);
    List<Event> events = read(reader, places, Duration.ZERO);
    assertEquals(List.of("a 1-1", "a 2-1", "b 1-1"), events.stream().map(this::name).toList());
    for (Event event : events) {
      places = places.advance(event);
    }
    assertEquals("a/2-1,b/1-1", places.text());
    assertEquals(List.of(), read(reader, places, Duration.ZERO));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void waits_for_what_happens_next(boolean spread) {
    happen("a", "1-1");
    EventReader reader = new EventReader(redis.link(), "mail", spread);
    EventCursor end = redis.await(() -> reader.end(QUEUES));
    CompletableFuture<List<Event>> next =
        redis.loop().subscribe(() -> reader.after(end, 10, Duration.ofSeconds(15)));
    happen("b", "5-1");
    assertEquals(List.of("b 5-1"), Loop.join(next).stream().map(this::name).toList());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void comes_back_with_nothing_when_nothing_happens(boolean spread) {
    EventReader reader = new EventReader(redis.link(), "mail", spread);
    EventCursor end = redis.await(() -> reader.end(QUEUES));
    assertEquals(List.of(), read(reader, end, Duration.ofMillis(600)));
  }

  @Test
  void a_place_is_text_and_text_is_a_place() {
    EventCursor places = new EventCursor(Map.of("default", "5-1"));
    assertEquals(Optional.of(places), EventCursor.parse(places.text()));
    for (String nonsense :
        List.of("", "default", "default/", "default/5", "a/1-1,", "A/1-1", "a/1-1;b")) {
      assertTrue(EventCursor.parse(nonsense).isEmpty(), nonsense);
    }
  }

  @Test
  void a_queue_that_was_not_read_before_begins_now() {
    EventCursor now = EventCursor.parse("a/9-0,b/9-0").orElseThrow();
    EventCursor left = EventCursor.parse("a/5-0,gone/1-0").orElseThrow();
    assertEquals("a/5-0,b/9-0", left.forQueuesOf(now).text());
  }

  @Test
  void json_has_numbers_as_numbers_and_objects_as_objects() {
    Event event = new Event("a", "1-1", Map.of("metadata", "{\"order\":\"1\"}"));
    assertEquals("{\"queue\":\"a\",\"metadata\":{\"order\":\"1\"}}", new EventJson().write(event));
    assertEquals(
        "{\"queue\":\"a\",\"code\":250}",
        new EventJson().write(new Event("a", "1-1", Map.of("code", "250"))));
  }

  private static List<Event> read(EventReader reader, EventCursor places, Duration timeout) {
    return redis.await(() -> reader.after(places, 10, timeout));
  }

  private String name(Event event) {
    return event.queue() + ' ' + event.entry();
  }

  private static void happen(String queue, String entry) {
    redis.command("XADD", "mail:{" + queue + "}:events", entry, "type", "sent", "id", "m");
  }
}
