package dev.postrider.queue.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The pause of a queue: its mail waits, new mail is still accepted.
 *
 * @param reason given by the operator; may be empty
 * @param since empty if the key was written by hand
 * @param until when it ends by itself; empty if it lasts until the queue is resumed
 */
public record QueuePause(String reason, Optional<Instant> since, Optional<Instant> until) {

  public static final int REASON_MAX = 200;

  private static final JsonFactory JSON = new JsonFactory();

  /** Whether a text is one line that is short enough. */
  public static boolean isReason(String text) {
    return text.length() <= REASON_MAX && text.chars().noneMatch(Character::isISOControl);
  }

  /** The value of its key. */
  String toJson() {
    StringWriter out = new StringWriter();
    try (JsonGenerator to = JSON.createGenerator(out)) {
      to.writeStartObject();
      to.writeStringField("reason", reason);
      write(to, "since", since);
      write(to, "until", until);
      to.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private static void write(JsonGenerator to, String name, Optional<Instant> time)
      throws IOException {
    if (time.isPresent()) {
      to.writeStringField(name, time.get().toString());
    }
  }

  /** Reads the value of its key. Any text is a pause, because operators may write the key. */
  static QueuePause parse(String value) {
    try (JsonParser from = JSON.createParser(value)) {
      Map<String, String> fields = fields(from);
      return new QueuePause(
          fields.getOrDefault("reason", ""),
          Optional.ofNullable(fields.get("since")).map(Instant::parse),
          Optional.ofNullable(fields.get("until")).map(Instant::parse));
    } catch (IOException | DateTimeException byHand) {
      return new QueuePause(value, Optional.empty(), Optional.empty());
    }
  }

  private static Map<String, String> fields(JsonParser from) throws IOException {
    Map<String, String> fields = new HashMap<>();
    if (from.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("a pause is an object");
    }
    while (from.nextToken() == JsonToken.FIELD_NAME) {
      String name = from.currentName();
      fields.put(name, from.nextTextValue());
      from.skipChildren();
    }
    return fields;
  }
}
