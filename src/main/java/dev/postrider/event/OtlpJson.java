package dev.postrider.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.postrider.mail.Outcome;
import dev.postrider.mail.Reason;
import dev.postrider.mail.Receipt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes spans as the OpenTelemetry Protocol wants them, in JSON: names of messaging conventions
 * where there are any, {@code postrider.*} for the rest.
 */
final class OtlpJson {

  /** SPAN_KIND_CONSUMER. */
  private static final int CONSUMER = 5;

  /** STATUS_CODE_ERROR; a span without a status is neither good nor bad. */
  private static final int ERROR = 2;

  private final JsonFactory json = new JsonFactory();

  /** One request. */
  byte[] write(List<AttemptSpan> spans) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(spans.size() * 512);
    try (JsonGenerator to = json.createGenerator(out)) {
      to.writeStartObject();
      to.writeArrayFieldStart("resourceSpans");
      to.writeStartObject();
      to.writeObjectFieldStart("resource");
      to.writeArrayFieldStart("attributes");
      attribute(to, "service.name", "postrider");
      to.writeEndArray();
      to.writeEndObject();
      to.writeArrayFieldStart("scopeSpans");
      to.writeStartObject();
      to.writeObjectFieldStart("scope");
      to.writeStringField("name", "dev.postrider");
      to.writeEndObject();
      to.writeArrayFieldStart("spans");
      for (AttemptSpan span : spans) {
        write(to, span);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void write(JsonGenerator to, AttemptSpan span) throws IOException {
    to.writeStartObject();
    to.writeStringField("traceId", span.waited() ? id(2) : span.producer().traceId());
    to.writeStringField("spanId", id(1));
    if (span.waited()) {
      to.writeArrayFieldStart("links");
      to.writeStartObject();
      to.writeStringField("traceId", span.producer().traceId());
      to.writeStringField("spanId", span.producer().spanId());
      to.writeEndObject();
      to.writeEndArray();
    } else {
      to.writeStringField("parentSpanId", span.producer().spanId());
    }
    to.writeStringField("name", "process " + span.queue());
    to.writeNumberField("kind", CONSUMER);
    to.writeStringField("startTimeUnixNano", Long.toString(span.startedAt()));
    to.writeStringField("endTimeUnixNano", Long.toString(span.endedAt()));
    writeAttributes(to, span);
    writeStatus(to, span.outcome());
    to.writeEndObject();
  }

  private static void writeAttributes(JsonGenerator to, AttemptSpan span) throws IOException {
    Outcome outcome = span.outcome();
    to.writeArrayFieldStart("attributes");
    attribute(to, "messaging.system", "postrider");
    attribute(to, "messaging.operation.type", "process");
    attribute(to, "messaging.operation.name", "process");
    attribute(to, "messaging.destination.name", span.queue());
    attribute(to, "messaging.message.id", span.mailId());
    attribute(to, "postrider.attempt", span.attempt());
    attribute(to, "postrider.outcome", outcome.word());
    if (outcome.reasonIfAny().isPresent()) {
      attribute(to, "postrider.reason", outcome.reasonIfAny().get().word());
    }
    if (outcome.receiptIfAny().isPresent()) {
      writeReceipt(to, outcome.receiptIfAny().get());
    }
    to.writeEndArray();
  }

  private static void writeReceipt(JsonGenerator to, Receipt receipt) throws IOException {
    attribute(to, "postrider.route", receipt.route());
    Receipt.Answer answer = receipt.decisiveAnswer().orElse(receipt.answers().get(0));
    attribute(to, "postrider.phase", answer.phase());
    if (answer.reply().isPresent()) {
      attribute(to, "postrider.reply.code", answer.reply().get().code());
      if (answer.reply().get().enhanced().isPresent()) {
        attribute(to, "postrider.reply.enhanced", answer.reply().get().enhanced().get());
      }
    }
  }

  private static void writeStatus(JsonGenerator to, Outcome outcome) throws IOException {
    if (outcome.kind() != Outcome.Kind.SENT) {
      to.writeObjectFieldStart("status");
      to.writeNumberField("code", ERROR);
      to.writeStringField(
          "message", outcome.reasonIfAny().map(Reason::word).orElse(outcome.word()));
      to.writeEndObject();
    }
  }

  private static void attribute(JsonGenerator to, String key, String value) throws IOException {
    attribute(to, key, "stringValue", value);
  }

  /** 64-bit integers are strings in the JSON of Protocol Buffers. */
  private static void attribute(JsonGenerator to, String key, int value) throws IOException {
    attribute(to, key, "intValue", Integer.toString(value));
  }

  private static void attribute(JsonGenerator to, String key, String type, String value)
      throws IOException {
    to.writeStartObject();
    to.writeStringField("key", key);
    to.writeObjectFieldStart("value");
    to.writeStringField(type, value);
    to.writeEndObject();
    to.writeEndObject();
  }

  /** Random, of so many times 8 bytes. */
  private static String id(int words) {
    StringBuilder id = new StringBuilder(16 * words);
    for (int word = 0; word < words; word++) {
      long bits = ThreadLocalRandom.current().nextLong() | 1; // All zeros would be invalid.
      id.append(HexFormat.of().toHexDigits(bits));
    }
    return id.toString();
  }
}
