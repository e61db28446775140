package dev.postrider.queue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.postrider.mail.DoneRecipients;
import dev.postrider.mail.NameRules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Progress as one line, kept beside the mail: JSON, or the bare origin of a mail that was never
 * tried, for millions of these may wait in a schedule. Reading is strict: only Postrider writes it.
 */
public final class AttemptHistoryCodec {

  /** Far more tries than any setting allows; adding one never overflows. */
  private static final int ATTEMPTS_MAX = 1_000_000_000;

  /** More than any mail has recipients. */
  private static final int CODE_FACTOR = 100_000;

  private final JsonFactory json = new JsonFactory();

  /** One line without line breaks. */
  public byte[] encode(AttemptHistory attemptHistory) {
    return attemptHistory.equals(AttemptHistory.none(attemptHistory.origin(), Optional.empty()))
        ? attemptHistory.origin().getBytes(StandardCharsets.US_ASCII)
        : encodeAll(attemptHistory);
  }

  private byte[] encodeAll(AttemptHistory attemptHistory) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(128);
    try (JsonGenerator to = json.createGenerator(out)) {
      to.writeStartObject();
      to.writeStringField("origin", attemptHistory.origin());
      to.writeNumberField("attempts", attemptHistory.attempts());
      to.writeNumberField("setbacks", attemptHistory.uncountedFailures());
      writeDone(to, attemptHistory.done());
      writeIfPresent(to, "idempotency_key", attemptHistory.idempotencyKey());
      writeIfPresent(to, "traceparent", attemptHistory.traceparent());
      writeIfPresent(to, "last_reply", attemptHistory.lastReply());
      to.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** What goes beside a mail whose idempotency key does not stand in its JSON. */
  public byte[] encodeKey(String idempotencyKey) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(64);
    try (JsonGenerator to = json.createGenerator(out)) {
      to.writeStartObject();
      to.writeStringField("idempotency_key", idempotencyKey);
      to.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** The refused as code × {@value #CODE_FACTOR} + place: no place to a version that knows none. */
  private static void writeDone(JsonGenerator to, DoneRecipients done) throws IOException {
    if (done.isEmpty()) {
      return;
    }
    to.writeArrayFieldStart("accepted");
    for (int place : new TreeSet<>(done.accepted())) {
      to.writeNumber(place);
    }
    for (Map.Entry<Integer, Integer> refused : new TreeMap<>(done.refused()).entrySet()) {
      to.writeNumber(refused.getValue() * CODE_FACTOR + refused.getKey());
    }
    to.writeEndArray();
  }

  private static void writeIfPresent(JsonGenerator to, String name, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      to.writeStringField(name, value.get());
    }
  }

  /**
   * @param entryId used as the origin where none is noted
   * @throws IOException if the bytes are not what {@link #encode} writes
   */
  public AttemptHistory decode(byte[] line, String entryId) throws IOException {
    boolean bare = line.length > 0 && line[0] != '{';
    return bare
        ? AttemptHistory.none(
            Builder.entryId(new String(line, StandardCharsets.US_ASCII)), Optional.empty())
        : decodeAll(line, entryId);
  }

  private AttemptHistory decodeAll(byte[] line, String entryId) throws IOException {
    Builder builder = new Builder(entryId);
    try (JsonParser from = json.createParser(line)) {
      if (from.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("progress is not an object");
      }
      while (from.nextToken() != JsonToken.END_OBJECT) {
        String name = from.currentName();
        from.nextToken();
        builder.add(name, from);
      }
    }
    return builder.build();
  }

  /** Collects the fields in whatever order they come. */
  private static final class Builder {

    private String origin;
    private int attempts;
    private int uncountedFailures;
    private final Set<Integer> accepted = new HashSet<>();
    private final Map<Integer, Integer> refused = new HashMap<>();
    private Optional<String> idempotencyKey = Optional.empty();
    private Optional<String> traceparent = Optional.empty();
    private Optional<String> lastReply = Optional.empty();

    Builder(String entryId) {
      this.origin = entryId;
    }

    void add(String name, JsonParser from) throws IOException {
      switch (name) {
        case "origin" -> origin = entryId(text(from));
        case "attempts" -> attempts = count(from);
        case "setbacks" -> uncountedFailures = count(from);
        case "accepted" -> readDone(from);
        case "idempotency_key" -> idempotencyKey = Optional.of(text(from));
        case "traceparent" -> traceparent = Optional.of(text(from));
        case "last_reply" -> lastReply = Optional.of(text(from));
        default -> throw new IOException("progress has an unknown field");
      }
    }

    private static String entryId(String id) throws IOException {
      if (!NameRules.isEntryId(id)) {
        throw new IOException("progress has an origin that is no entry");
      }
      return id;
    }

    private static int count(JsonParser from) throws IOException {
      int tries = from.getIntValue();
      if (tries < 0 || tries > ATTEMPTS_MAX) {
        throw new IOException("progress counts what cannot be counted");
      }
      return tries;
    }

    private static String text(JsonParser from) throws IOException {
      if (!from.hasToken(JsonToken.VALUE_STRING)) {
        throw new IOException("progress has a value that is no string");
      }
      return from.getText();
    }

    private void readDone(JsonParser from) throws IOException {
      if (!from.hasToken(JsonToken.START_ARRAY)) {
        throw new IOException("progress has a value that is no list");
      }
      while (from.nextToken() != JsonToken.END_ARRAY) {
        int value = from.getIntValue();
        if (value < CODE_FACTOR) {
          accepted.add(value);
        } else {
          refused.put(value % CODE_FACTOR, value / CODE_FACTOR);
        }
      }
    }

    AttemptHistory build() {
      return new AttemptHistory(
          origin,
          attempts,
          uncountedFailures,
          new DoneRecipients(accepted, refused),
          idempotencyKey,
          traceparent,
          lastReply);
    }
  }
}
