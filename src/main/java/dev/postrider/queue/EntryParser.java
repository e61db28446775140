package dev.postrider.queue;

import dev.postrider.queue.consumer.DeliveryCount;
import dev.postrider.queue.consumer.LeaseTerm;
import io.netty.buffer.ByteBuf;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the reply of XREADGROUP (RESP2), or of the script that stands in for it and adds to each
 * entry its delivery count. Nothing in it can make it fail.
 */
final class EntryParser {

  private EntryParser() {}

  /**
   * @param term taken before the entries were asked for
   */
  static List<Entry> parse(Response reply, LeaseTerm term) {
    return parse(reply, queue -> term);
  }

  /**
   * @param terms by queue, each taken before the entries were asked for
   */
  static List<Entry> parse(Response reply, Function<String, LeaseTerm> terms) {
    List<Entry> entries = new ArrayList<>();
    if (reply != null) {
      reply.forEach(stream -> parseStream(stream, terms, entries));
    }
    return entries;
  }

  private static void parseStream(
      Response stream, Function<String, LeaseTerm> terms, List<Entry> entries) {
    String queue = queueOf(stream.get(0).toString());
    Entry.Reading first = Entry.Reading.first(terms.apply(queue));
    for (Response entry : stream.get(1)) {
      // An entry that was deleted while it was pending comes without fields, or as nil.
      if (entry != null) {
        entries.add(parseEntry(queue, entry, first));
      }
    }
  }

  private static Entry parseEntry(String queue, Response entry, Entry.Reading first) {
    String id = entry.get(0).toString();
    Response fields = entry.get(1);
    Optional<byte[]> mail = Optional.empty();
    Optional<byte[]> progress = Optional.empty();
    Optional<String> traceparent = Optional.empty();
    int format = 1;
    int last = fields == null ? 0 : fields.size() - 1;
    for (int i = 0; i < last; i += 2) {
      switch (fields.get(i).toString()) {
        case "mail" -> mail = Optional.of(bytes(fields.get(i + 1)));
        case "progress" -> progress = Optional.of(bytes(fields.get(i + 1)));
        case "traceparent" -> traceparent = Optional.of(fields.get(i + 1).toString());
        case "format" -> format = EntryFormat.ofField(fields.get(i + 1).toString());
        default -> {
          // Fields of others are none of our business.
        }
      }
    }
    format = Math.max(format, progress.map(EntryFormat::ofProgress).orElse(1));
    return new Entry(
        queue,
        id,
        mail,
        progress,
        traceparent,
        format,
        fields == null ? Entry.Presence.DELETED : Entry.Presence.IN_STREAM,
        entry.size() > 2 ? again(entry.get(2).toLong(), first) : first);
  }

  private static Entry.Reading again(long deliveries, Entry.Reading first) {
    return new Entry.Reading(new DeliveryCount(deliveries), first.term());
  }

  /** Its bytes, without a copy where they fill a whole array, as they usually do. */
  @SuppressWarnings("deprecation") // Vert.x 4 has no other way to Netty's buffer without a copy.
  private static byte[] bytes(Response value) {
    ByteBuf inner = value.toBuffer().getByteBuf();
    boolean own =
        inner.hasArray()
            && inner.arrayOffset() + inner.readerIndex() == 0
            && inner.readableBytes() == inner.array().length;
    return own ? inner.array() : value.toBytes();
  }

  private static String queueOf(String key) {
    return key.substring(key.indexOf('{') + 1, key.indexOf('}'));
  }
}
