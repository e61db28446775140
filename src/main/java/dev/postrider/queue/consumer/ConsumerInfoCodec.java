package dev.postrider.queue.consumer;

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
 * A presence as the value of its lease. Workers of other versions write it, too: what is unknown is
 * passed over, what is missing stays empty.
 */
public final class ConsumerInfoCodec {

  private final JsonFactory json = new JsonFactory();

  /** One line. */
  public String encode(ConsumerInfo consumerInfo) {
    StringWriter out = new StringWriter();
    try (JsonGenerator to = json.createGenerator(out)) {
      to.writeStartObject();
      to.writeStringField("worker", consumerInfo.worker());
      to.writeStringField("host", consumerInfo.host());
      to.writeStringField("version", consumerInfo.version());
      if (consumerInfo.started().isPresent()) {
        to.writeStringField("started", consumerInfo.started().get().toString());
      }
      to.writeNumberField("in_flight", consumerInfo.inFlight());
      to.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  ConsumerInfo decode(String consumer, String value) {
    Map<String, String> fields = fields(value);
    return new ConsumerInfo(
        consumer,
        fields.getOrDefault("worker", consumer),
        fields.getOrDefault("host", ""),
        fields.getOrDefault("version", ""),
        time(fields.get("started")),
        number(fields.getOrDefault("in_flight", "0")));
  }

  private Map<String, String> fields(String value) {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser from = json.createParser(value)) {
      from.nextToken();
      while (from.nextToken() == JsonToken.FIELD_NAME) {
        String name = from.currentName();
        from.nextToken();
        fields.put(name, from.getText());
        from.skipChildren();
      }
    } catch (IOException other) {
      return fields;
    }
    return fields;
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.ofNullable(text).map(Instant::parse);
    } catch (DateTimeException other) {
      return Optional.empty();
    }
  }

  private static int number(String text) {
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
  }
}
