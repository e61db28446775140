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

/** A pause as the value of its key. People may write the key by hand, so reading never fails. */
final class QueuePauseCodec {

  private final JsonFactory json = new JsonFactory();

  String encode(QueuePause queuePause) {
    StringWriter out = new StringWriter();
    try (JsonGenerator to = json.createGenerator(out)) {
      to.writeStartObject();
      to.writeStringField("reason", queuePause.reason());
      write(to, "since", queuePause.since());
      write(to, "until", queuePause.until());
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

  QueuePause decode(String value) {
    try (JsonParser from = json.createParser(value)) {
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
