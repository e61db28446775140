package dev.postrider.queue.deadletter;

import dev.postrider.queue.AttemptHistoryCodec;
import dev.postrider.queue.QueueSettings;
import dev.postrider.redis.Keys;
import dev.postrider.redis.Script;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Dead and held mail: lists, finds, retries and discards it. A mail is retried or discarded at most
 * once, however often that is asked for: only the call that removes the entry acts.
 */
public final class DeadLetters {

  /** Most mails one call retries or discards: Redis serves no other command meanwhile. */
  public static final int BATCH_MAX = 100;

  /** Most entries of one page. */
  public static final int PAGE_MAX = 500;

  /** Most bytes that Redis reads for one page; the last mail may exceed it. */
  private static final int BYTES_MAX = 4 * 1024 * 1024;

  private static final Script FIND = Script.named("dead-letter");
  private static final Script PAGE = Script.named("dead-letters");
  private static final Script RETRY = Script.withCommon("retry");
  private static final Script DISCARD = Script.withCommon("discard");
  private static final String NEWEST = "+";

  private final Link link;
  private final QueueSettings settings;
  private final DeadLetterParser parser = new DeadLetterParser();
  private final AttemptHistoryCodec codec = new AttemptHistoryCodec();

  public DeadLetters(Link link, QueueSettings settings) {
    this.link = link;
    this.settings = settings;
  }

  /**
   * Some entries of one stream, the newest first.
   *
   * @param deadLetters without their mails
   * @param next the entry to continue after; empty if there are no more
   */
  public record Page(List<DeadLetter> deadLetters, Optional<String> next) {}

  /**
   * A page of a stream. What is added meanwhile is not in later pages.
   *
   * @param after the last entry of the page before
   * @param atMost entries, up to {@value #PAGE_MAX}; fewer if their mails are large
   */
  @CheckReturnValue
  public Uni<Page> page(DeadLetterStream deadLetterStream, Optional<String> after, int atMost) {
    return read(
        deadLetterStream,
        after.map(entry -> "(" + entry).orElse(NEWEST),
        Math.min(atMost, PAGE_MAX));
  }

  private Uni<Page> read(DeadLetterStream deadLetterStream, String from, int atMost) {
    return PAGE.on(key(deadLetterStream))
        .arg(from)
        .arg(atMost)
        .arg(BYTES_MAX)
        .run(link)
        .map(reply -> page(deadLetterStream, reply));
  }

  private Page page(DeadLetterStream deadLetterStream, Response reply) {
    List<DeadLetter> deadLetters = new ArrayList<>();
    reply.get(1).forEach(entry -> deadLetters.add(parser.parse(deadLetterStream, entry)));
    boolean more = reply.get(0).toInteger() == 1 && !deadLetters.isEmpty();
    return new Page(
        deadLetters,
        more ? Optional.of(deadLetters.get(deadLetters.size() - 1).entry()) : Optional.empty());
  }

  /**
   * The dead letter of a mail, found by its timeline.
   *
   * @param id the mail's, or that of its entry in the dead or the held stream
   */
  @CheckReturnValue
  public Uni<Optional<DeadLetter>> find(String queue, String id) {
    Keys keys = new Keys(settings.prefix(), queue);
    return FIND.on(keys.history(), keys.olderHistory(), keys.dead(), keys.held())
        .arg(id)
        .run(link)
        .chain(place -> readFound(queue, place));
  }

  private Uni<Optional<DeadLetter>> readFound(String queue, Response place) {
    if (place.size() == 0) {
      return Uni.createFrom().item(Optional.empty());
    }
    DeadLetterStream.Kind kind = DeadLetterStream.Kind.of(place.get(0).toString()).orElseThrow();
    String entry = place.get(1).toString();
    return read(new DeadLetterStream(queue, kind), entry, 1).map(page -> only(page, entry));
  }

  private static Optional<DeadLetter> only(Page page, String entry) {
    return page.deadLetters().stream()
        .filter(deadLetter -> deadLetter.entry().equals(entry))
        .findFirst();
  }

  /** The JSON of the mail; empty if it is gone. */
  @CheckReturnValue
  public Uni<Optional<byte[]>> mail(DeadLetter deadLetter) {
    Request read =
        Request.cmd(Command.XRANGE)
            .arg(key(deadLetter.stream()))
            .arg(deadLetter.entry())
            .arg(deadLetter.entry());
    return link.send(read).map(DeadLetters::mail);
  }

  private static Optional<byte[]> mail(Response entries) {
    Response fields = entries.size() == 0 ? null : entries.get(0).get(1);
    for (int i = 0; fields != null && i + 1 < fields.size(); i += 2) {
      if (fields.get(i).toString().equals("mail")) {
        return Optional.of(fields.get(i + 1).toBytes());
      }
    }
    return Optional.empty();
  }

  /** Mail of several streams as calls take it: of one stream, at most {@value #BATCH_MAX} each. */
  public static List<List<DeadLetter>> batches(List<DeadLetter> found) {
    Map<DeadLetterStream, List<List<DeadLetter>>> batches = new LinkedHashMap<>();
    for (DeadLetter deadLetter : found) {
      List<List<DeadLetter>> ofStream =
          batches.computeIfAbsent(deadLetter.stream(), stream -> new ArrayList<>());
      if (ofStream.isEmpty() || ofStream.get(ofStream.size() - 1).size() == BATCH_MAX) {
        ofStream.add(new ArrayList<>());
      }
      ofStream.get(ofStream.size() - 1).add(deadLetter);
    }
    return batches.values().stream().flatMap(List::stream).toList();
  }

  /**
   * Puts mail back into its queue. Its attempts are counted from 0 again; its id, its date and the
   * recipients that have it already stay.
   *
   * @param deadLetters of one stream, at most {@value #BATCH_MAX}
   * @return for each whether it went back; false if it is no longer there or its JSON is gone
   */
  @CheckReturnValue
  public Uni<List<Boolean>> retry(DeadLetterStream deadLetterStream, List<DeadLetter> deadLetters) {
    Keys keys = new Keys(settings.prefix(), deadLetterStream.queue());
    Script.Call call =
        RETRY
            .on(
                keys.ready(),
                keys.events(),
                keys.history(),
                keys.olderHistory(),
                key(deadLetterStream))
            .arg(settings.eventsMax())
            .arg(settings.historyMax());
    deadLetters.forEach(
        deadLetter ->
            addNames(call, deadLetter).arg(codec.encode(deadLetter.attemptHistory().reset())));
    return call.run(link).map(DeadLetters::results);
  }

  /**
   * Removes mail for good.
   *
   * @param deadLetters of one stream, at most {@value #BATCH_MAX}
   * @return for each whether it was removed; false if it is no longer there
   */
  @CheckReturnValue
  public Uni<List<Boolean>> discard(
      DeadLetterStream deadLetterStream, List<DeadLetter> deadLetters) {
    Keys keys = new Keys(settings.prefix(), deadLetterStream.queue());
    Script.Call call =
        DISCARD
            .on(keys.events(), keys.history(), keys.olderHistory(), key(deadLetterStream))
            .arg(settings.eventsMax())
            .arg(settings.historyMax());
    deadLetters.forEach(deadLetter -> addNames(call, deadLetter));
    return call.run(link).map(DeadLetters::results);
  }

  private static Script.Call addNames(Script.Call call, DeadLetter deadLetter) {
    return call.arg(deadLetter.entry()).arg(deadLetter.mailId());
  }

  private static List<Boolean> results(Response reply) {
    List<Boolean> verdicts = new ArrayList<>();
    reply.forEach(one -> verdicts.add(one.toInteger() == 1));
    return verdicts;
  }

  private String key(DeadLetterStream deadLetterStream) {
    Keys keys = new Keys(settings.prefix(), deadLetterStream.queue());
    return deadLetterStream.kind() == DeadLetterStream.Kind.DEAD ? keys.dead() : keys.held();
  }
}
