package dev.postrider.event;

import dev.postrider.mail.NameRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How far a reader has read the events of some queues: for each the last entry seen.
 *
 * @param after queue → entry; events after it are still to come
 */
public record EventCursor(Map<String, String> after) {

  private static final String BEGINNING = "0-0";
  private static final Pattern PLACE = Pattern.compile(NameRules.QUEUE + "/" + NameRules.ENTRY_ID);

  public EventCursor {
    after = new LinkedHashMap<>(after);
  }

  /** Before everything that these queues still have. */
  public static EventCursor beginning(List<String> queues) {
    Map<String, String> after = new LinkedHashMap<>();
    queues.forEach(queue -> after.put(queue, BEGINNING));
    return new EventCursor(after);
  }

  /** Before everything that happened at this time or later, in ms by Redis's clock. */
  public static EventCursor before(List<String> queues, long at) {
    Map<String, String> after = new LinkedHashMap<>();
    queues.forEach(queue -> after.put(queue, Math.max(0, at - 1) + "-18446744073709551615"));
    return new EventCursor(after);
  }

  /** Reads what {@link #text} wrote; empty if it is anything else. */
  public static Optional<EventCursor> parse(String text) {
    Map<String, String> after = new LinkedHashMap<>();
    for (String place : text.split(",", -1)) {
      if (!PLACE.matcher(place).matches()) {
        return Optional.empty();
      }
      String[] parts = place.split("/");
      after.put(parts[0], parts[1]);
    }
    return Optional.of(new EventCursor(after));
  }

  /** Each queue's place by itself. */
  Stream<EventCursor> perQueue() {
    return after.entrySet().stream()
        .map(place -> new EventCursor(Map.of(place.getKey(), place.getValue())));
  }

  /** As text: {@code queue/entry,queue/entry}. */
  public String text() {
    return after.entrySet().stream()
        .map(place -> place.getKey() + "/" + place.getValue())
        .collect(Collectors.joining(","));
  }

  /** The places once this event, too, was seen. */
  public EventCursor advance(Event event) {
    EventCursor next = new EventCursor(after);
    next.after.put(event.queue(), event.entry());
    return next;
  }

  /** The places in these queues alone; those that are not named here begin where others say. */
  public EventCursor forQueuesOf(EventCursor others) {
    EventCursor chosen = new EventCursor(others.after);
    chosen.after.replaceAll((queue, entry) -> after.getOrDefault(queue, entry));
    return chosen;
  }
}
