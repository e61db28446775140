package dev.postrider.queue.consumer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.postrider.mail.NameRules;
import dev.postrider.queue.QueueSettings;
import dev.postrider.redis.Keys;
import dev.postrider.redis.Script;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Makes mail dead whose readers died again and again. Only the beginning of such a mail is read, to
 * find its id: whatever killed its readers must not kill this one.
 */
final class PoisonMails {

  /** Readers that may die with a mail before it counts as the cause. */
  static final int DEATHS_MAX = 3;

  private static final Script HEAD = Script.named("head");
  private static final Script POISON = Script.withCommon("poison");

  /** Where the id is looked for; behind it the entry's id names the mail. */
  private static final int HEAD_BYTES = 65_536;

  private final Link link;
  private final QueueSettings settings;
  private final JsonFactory json = new JsonFactory();

  PoisonMails(Link link, QueueSettings settings) {
    this.link = link;
    this.settings = settings;
  }

  /** Emits how many of these entries of the lost consumer are dead now. */
  @CheckReturnValue
  Uni<Integer> end(Reclaim.Takeover takeover, List<String> entries) {
    return Multi.createFrom()
        .iterable(entries)
        .onItem()
        .transformToUniAndConcatenate(entry -> end(takeover, entry))
        .collect()
        .in(() -> new int[1], (sum, ended) -> sum[0] += ended)
        .map(sum -> sum[0]);
  }

  private Uni<Integer> end(Reclaim.Takeover takeover, String entry) {
    Keys keys = new Keys(settings.prefix(), takeover.queue());
    return HEAD.on(keys.ready())
        .arg(entry)
        .arg(HEAD_BYTES)
        .run(link)
        .map(head -> head == null ? entry : id(head.toBytes()).orElse(entry))
        .chain(id -> end(keys, takeover, entry, id));
  }

  private Uni<Integer> end(Keys keys, Reclaim.Takeover takeover, String entry, String id) {
    return POISON
        .on(
            keys.ready(),
            keys.events(),
            keys.history(),
            keys.olderHistory(),
            keys.totals(),
            keys.dead(),
            keys.lease(takeover.lost()))
        .arg(Keys.GROUP)
        .arg(takeover.lost())
        .arg(entry)
        .arg(id)
        .arg(settings.eventsMax())
        .arg(settings.historyMax())
        .arg(settings.deadLettersMax())
        .arg(DeliveryCount.MARK)
        .run(link)
        .map(reply -> reply.toInteger());
  }

  /** The member {@code id} of a JSON object whose end may be missing. */
  private Optional<String> id(byte[] head) {
    try (JsonParser from = json.createParser(head)) {
      from.nextToken();
      while (from.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = from.currentName().equals("id");
        JsonToken value = from.nextToken();
        if (found) {
          return value == JsonToken.VALUE_STRING
              ? Optional.of(from.getText()).filter(NameRules::isMailId)
              : Optional.empty();
        }
        from.skipChildren();
      }
    } catch (IOException cut) {
      return Optional.empty();
    }
    return Optional.empty();
  }
}
