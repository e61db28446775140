package dev.postrider.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;

/** Writes an event as one line of JSON: numbers as numbers, objects as objects. Thread-safe. */
public final class EventJson {

  private static final Set<String> NUMBERS = Set.of("at", "attempt", "code", "due", "took_ms");
  private static final Set<String> OBJECTS =
      Set.of("tags", "metadata", "recipients", "accepted", "refused");

  private final JsonFactory json = new JsonFactory();

  /** The queue first, then the words of the stream in their order. */
  public String write(Event event) {
    StringWriter text = new StringWriter();
    try (JsonGenerator to = json.createGenerator(text)) {
      to.writeStartObject();
      to.writeStringField("queue", event.queue());
      for (Map.Entry<String, String> word : event.fields().entrySet()) {
        to.writeFieldName(word.getKey());
        write(to, word.getKey(), word.getValue());
      }
      to.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator to, String name, String value) throws IOException {
    if (NUMBERS.contains(name) && value.matches("-?[0-9]{1,18}")) {
      to.writeNumber(Long.parseLong(value));
    } else if (OBJECTS.contains(name)) {
      to.writeRawValue(value);
    } else {
      to.writeString(value);
    }
  }
}
