package dev.postrider.queue.enqueue;

import dev.postrider.redis.Keys;
import dev.postrider.redis.Script;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts new mail into a queue, one script call for many. If the call fails, it is unknown whether
 * the mail was taken; only an idempotency key makes repeating it safe.
 */
public final class Enqueuer {

  private static final Script ENQUEUE = Script.withCommon("enqueue");

  private final Link link;
  private final String prefix;
  private final Bounds bounds;

  /**
   * What the queue takes and keeps.
   *
   * @param backlog most entries in a ready stream; 0 for no bound
   * @param idempotencyTime how long an idempotency key is remembered
   * @param historyMax timelines of each of two generations; 0 keeps none
   */
  public record Bounds(long backlog, Duration idempotencyTime, int historyMax) {}

  /**
   * @param prefix of every key
   */
  public Enqueuer(Link link, String prefix, Bounds bounds) {
    this.link = link;
    this.prefix = prefix;
    this.bounds = bounds;
  }

  /**
   * One answer for each mail, in order. Redis serves no other client meanwhile, so callers keep a
   * chunk small: 100 mails or 1 MiB.
   */
  @CheckReturnValue
  public Uni<List<EnqueueResult>> enqueue(String queue, List<EnqueueRequest> mails) {
    return call(new Keys(prefix, queue), mails).run(link).map(Enqueuer::read);
  }

  private Script.Call call(Keys keys, List<EnqueueRequest> mails) {
    Map<String, Integer> seen = seen(keys, mails);
    List<String> touched =
        new ArrayList<>(List.of(keys.ready(), keys.history(), keys.olderHistory()));
    touched.addAll(seen.keySet());
    Script.Call call =
        ENQUEUE
            .on(touched.toArray(String[]::new))
            .arg(bounds.backlog())
            .arg(bounds.idempotencyTime().toMillis())
            .arg(bounds.historyMax());
    mails.forEach(mail -> add(call, mail, mail.idempotencyKey().map(keys::seen).map(seen::get)));
    return call;
  }

  private static Map<String, Integer> seen(Keys keys, List<EnqueueRequest> mails) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    mails.stream()
        .flatMap(mail -> mail.idempotencyKey().stream())
        .forEach(key -> numbers.putIfAbsent(keys.seen(key), numbers.size() + 1));
    return numbers;
  }

  private static void add(Script.Call call, EnqueueRequest mail, Optional<Integer> seen) {
    call.arg(mail.json())
        .arg(mail.id().orElse(""))
        .arg(mail.progress().orElse(new byte[0]))
        .arg(seen.orElse(0));
  }

  private static List<EnqueueResult> read(Response reply) {
    List<EnqueueResult> answers = new ArrayList<>();
    for (int i = 0; i + 1 < reply.size(); i += 2) {
      answers.add(EnqueueResult.read(reply.get(i).toLong(), reply.get(i + 1).toString()));
    }
    return answers;
  }
}
