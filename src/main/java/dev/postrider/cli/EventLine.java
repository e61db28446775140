package dev.postrider.cli;

import dev.postrider.event.Event;
import java.time.Instant;
import java.util.List;

/** An event as one line for people. */
final class EventLine {

  private static final List<String> DETAILS =
      List.of(
          "attempt",
          "reason",
          "pointer",
          "route",
          "code",
          "enhanced",
          "reply",
          "detail",
          "accepted",
          "refused");

  private EventLine() {}

  static String of(Event event) {
    StringBuilder line = new StringBuilder();
    line.append(time(event.field("at")))
        .append("  %-9s  ".formatted(event.type()))
        .append(event.queue())
        .append("  ")
        .append(event.field("id"));
    DETAILS.forEach(name -> add(line, name, event.field(name)));
    if (!event.field("due").isEmpty()) {
      add(line, "due", time(event.field("due")));
    }
    return line.toString();
  }

  private static void add(StringBuilder line, String name, String value) {
    if (!value.isEmpty()) {
      String text = value.replaceAll("\\p{Cntrl}", " ");
      line.append("  ").append(name).append('=');
      line.append(text.contains(" ") ? '"' + text.replace("\"", "'") + '"' : text);
    }
  }

  private static String time(String millis) {
    return millis.matches("[0-9]{1,15}")
        ? Instant.ofEpochMilli(Long.parseLong(millis)).toString()
        : millis;
  }
}
