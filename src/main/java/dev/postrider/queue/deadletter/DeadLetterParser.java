package dev.postrider.queue.deadletter;

import dev.postrider.mail.NameRules;
import dev.postrider.queue.AttemptHistory;
import dev.postrider.queue.AttemptHistoryCodec;
import dev.postrider.queue.EntryTime;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads entries of the dead and the held stream. Nothing in them can make it fail. */
final class DeadLetterParser {

  private final AttemptHistoryCodec codec = new AttemptHistoryCodec();

  /**
   * @param entry its id, the bytes of its mail or -1, its other fields
   */
  DeadLetter parse(DeadLetterStream deadLetterStream, Response entry) {
    String id = entry.get(0).toString();
    long bytes = entry.get(1).toLong();
    Map<String, String> fields = fields(entry.get(2));
    String mailId = fields.getOrDefault("id", id);
    return new DeadLetter(
        deadLetterStream,
        id,
        mailId,
        time(fields, id),
        cause(fields),
        attemptHistory(fields, origin(fields, mailId, id)),
        bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes));
  }

  private static Map<String, String> fields(Response words) {
    Map<String, String> fields = new HashMap<>();
    for (int i = 0; i + 1 < words.size(); i += 2) {
      fields.put(words.get(i).toString(), words.get(i + 1).toString());
    }
    return fields;
  }

  private static long time(Map<String, String> fields, String id) {
    String at = fields.getOrDefault("at", "");
    return at.matches("\\d{1,18}") ? Long.parseLong(at) : EntryTime.millis(id);
  }

  private static DeadLetter.Cause cause(Map<String, String> fields) {
    return new DeadLetter.Cause(
        fields.getOrDefault("reason", ""),
        fields.getOrDefault("pointer", ""),
        fields.getOrDefault("detail", ""),
        Optional.ofNullable(fields.get("reply")));
  }

  /** The entry that the producer wrote: it gives the mail its date and its Message-ID. */
  private static String origin(Map<String, String> fields, String mailId, String id) {
    String entry = fields.getOrDefault("entry", mailId);
    return NameRules.isEntryId(entry) ? entry : id;
  }

  private AttemptHistory attemptHistory(Map<String, String> fields, String origin) {
    AttemptHistory none =
        AttemptHistory.none(origin, Optional.ofNullable(fields.get("traceparent")));
    String line = fields.get("progress");
    try {
      return line == null ? none : codec.decode(line.getBytes(StandardCharsets.UTF_8), origin);
    } catch (IOException foreign) {
      return none;
    }
  }
}
