package dev.postrider.queue.deadletter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.mail.DoneRecipients;
import dev.postrider.queue.AttemptHistory;
import dev.postrider.queue.AttemptHistoryCodec;
import dev.postrider.queue.Disposition;
import dev.postrider.queue.Entry;
import dev.postrider.queue.GroupReader;
import dev.postrider.queue.QueueSettings;
import dev.postrider.queue.SettleCall;
import dev.postrider.queue.Settlement;
import dev.postrider.queue.consumer.DeliveryCount;
import dev.postrider.queue.consumer.Reclaim;
import dev.postrider.support.Snapshot;
import dev.postrider.support.Terms;
import dev.postrider.support.redis.RedisFixture;
import io.vertx.redis.client.impl.types.ErrorType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dead letters are found, retried and discarded, on a real Redis. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DeadLettersTest {

  private static final String READY = "mail:{q}:ready";
  private static final String JSON = "{\"subject\":\"Grüße\"}";
  private static final QueueSettings SETTINGS =
      new QueueSettings("mail", 1_000, 1_000, 1_000, Duration.ofSeconds(15));
  private static final DeadLetterStream DEAD =
      new DeadLetterStream("q", DeadLetterStream.Kind.DEAD);
  private static final DeadLetterStream HELD =
      new DeadLetterStream("q", DeadLetterStream.Kind.HELD);

  @RegisterExtension static final RedisFixture redis = new RedisFixture();

  private final DeadLetters deadLetters = new DeadLetters(redis.link(), SETTINGS);

  @BeforeEach
  void createGroup() {
    redis.command("XGROUP", "CREATE", READY, "postrider", "0", "MKSTREAM");
  }

  @ParameterizedTest
  @EnumSource(DeadLetterStream.Kind.class)
  void finds_a_mail_by_its_id_and_tells_why_it_lies_there(DeadLetterStream.Kind kind) {
    String entry = addDeadLetter(kind, "a");
    DeadLetter deadLetter = find("a").orElseThrow();
    assertEquals(new DeadLetterStream("q", kind), deadLetter.stream());
    assertEquals("a", deadLetter.mailId());
    assertEquals("refused", deadLetter.cause().reason());
    assertEquals(Optional.of("550 5.1.1 no such mailbox"), deadLetter.cause().reply());
    assertEquals(entry, deadLetter.attemptHistory().origin());
    assertEquals(OptionalLong.of(JSON.getBytes(StandardCharsets.UTF_8).length), deadLetter.bytes());
    assertTrue(deadLetter.at() > 1_600_000_000_000L);
    assertEquals(JSON, text(redis.await(() -> deadLetters.mail(deadLetter)).orElseThrow()));
  }

  @ParameterizedTest
  @EnumSource(DeadLetterStream.Kind.class)
  void finds_a_mail_by_the_timeline_of_an_earlier_version(DeadLetterStream.Kind kind) {
    addDeadLetter(kind, "a");
    String timeline = redis.command("HGET", "mail:{q}:history:new", "a").toString();
    assertTrue(timeline.contains("\u001fdead-letter\u001f"), timeline);
    redis.command("HSET", "mail:{q}:history:new", "a", timeline.replace("dead-letter", "grave"));
    assertEquals("a", find("a").orElseThrow().mailId());
  }

  @Test
  void finds_nothing_where_no_dead_letter_is() {
    addDeadLetter(DeadLetterStream.Kind.DEAD, "a");
    assertEquals(Optional.empty(), find("b"));
    assertEquals(Optional.empty(), find("99999999999999999999999-1"));
  }

  @Test
  void finds_a_dead_letter_by_its_entry_where_no_timeline_is_kept() {
    addDeadLetter(DeadLetterStream.Kind.HELD, "a");
    redis.command("DEL", "mail:{q}:history:new");
    DeadLetter listed = page(HELD, Optional.empty(), 10).deadLetters().get(0);
    assertEquals(Optional.empty(), find("a"));
    assertEquals(Optional.of(listed), find(listed.entry()));
  }

  @ParameterizedTest
  @EnumSource(DeadLetterStream.Kind.class)
  void puts_a_mail_back_with_its_bytes_and_begins_to_count_again(DeadLetterStream.Kind kind) {
    String origin = addDeadLetter(kind, "a");
    DeadLetter deadLetter = find("a").orElseThrow();
    assertEquals(List.of(true), retry(deadLetter));
    assertEquals(0, redis.number("XLEN", "mail:{q}:" + kind.word()));
    Entry back = readNext("me");
    assertArrayEquals(JSON.getBytes(StandardCharsets.UTF_8), back.mail().orElseThrow());
    AttemptHistory attemptHistory = progress(back);
    assertEquals(origin, attemptHistory.origin());
    assertEquals(0, attemptHistory.attempts());
    assertEquals(0, attemptHistory.uncountedFailures());
    assertEquals(
        new DoneRecipients(Set.of(1), Map.of()),
        attemptHistory.done(),
        "the refused are asked again");
    assertEquals(Optional.of("key-1"), attemptHistory.idempotencyKey());
    assertEquals(Optional.of("00-trace"), attemptHistory.traceparent());
    assertEquals(DeliveryCount.FIRST, back.deliveries());
  }

  private static AttemptHistory progress(Entry entry) {
    try {
      return new AttemptHistoryCodec().decode(entry.progress().orElseThrow(), "");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource(DeadLetterStream.Kind.class)
  void puts_a_mail_back_once_however_often_it_is_asked_to(DeadLetterStream.Kind kind) {
    addDeadLetter(kind, "a");
    DeadLetter deadLetter = find("a").orElseThrow();
    retry(deadLetter);
    Map<String, Object> before = Snapshot.of(redis.client());
    assertEquals(List.of(false), retry(deadLetter));
    assertEquals(List.of(false), discard(deadLetter));
    assertEquals(before, Snapshot.of(redis.client()));
    assertEquals(Optional.empty(), find("a"));
  }

  @ParameterizedTest
  @EnumSource(DeadLetterStream.Kind.class)
  void removes_a_mail_for_good_and_once(DeadLetterStream.Kind kind) {
    addDeadLetter(kind, "a");
    DeadLetter deadLetter = find("a").orElseThrow();
    assertEquals(List.of(true), discard(deadLetter));
    Map<String, Object> before = Snapshot.of(redis.client());
    assertEquals(List.of(false), discard(deadLetter));
    assertEquals(List.of(false), retry(deadLetter));
    assertEquals(before, Snapshot.of(redis.client()));
    assertEquals(0, redis.number("XLEN", "mail:{q}:" + kind.word()));
    assertEquals(0, redis.number("XLEN", READY));
    assertEquals(Optional.empty(), redis.await(() -> deadLetters.mail(deadLetter)));
  }

  @Test
  void tells_of_both_in_events_and_timeline() {
    addDeadLetter(DeadLetterStream.Kind.DEAD, "a");
    addDeadLetter(DeadLetterStream.Kind.HELD, "b");
    retry(find("a").orElseThrow());
    discard(find("b").orElseThrow());
    String events = redis.command("XRANGE", "mail:{q}:events", "-", "+").toString();
    assertTrue(events.contains("[type, retried, id, a, at, "), events);
    assertTrue(events.contains("[type, discarded, id, b, at, "), events);
    assertFalse(
        events.contains("dead-letter") || events.contains("entry"), "nothing internal: " + events);
    String timeline = redis.command("HGET", "mail:{q}:history:new", "a").toString();
    assertTrue(
        timeline.startsWith("type\u001fdead\u001f") && timeline.contains("\ntype\u001fretried"));
  }

  @Test
  void finds_the_newest_dead_letter_of_a_mail_that_failed_twice() {
    addDeadLetter(DeadLetterStream.Kind.DEAD, "a");
    addDeadLetter(DeadLetterStream.Kind.HELD, "a");
    DeadLetter newest = find("a").orElseThrow();
    assertEquals(HELD, newest.stream());
    retry(newest);
    DeadLetter older = find("a").orElseThrow();
    assertEquals(DEAD, older.stream(), "a twin of the same id is still there");
    settle("a", readNext("me"), DeadLetterStream.Kind.HELD);
    assertEquals(HELD, find("a").orElseThrow().stream());
  }

  @Test
  void leaves_a_dead_letter_alone_of_which_nothing_is_left_to_send() {
    redis.command("XADD", "mail:{q}:dead", "*", "id", "a", "reason", "invalid");
    DeadLetter deadLetter = page(DEAD, Optional.empty(), 1).deadLetters().get(0);
    assertEquals(OptionalLong.empty(), deadLetter.bytes());
    assertEquals(List.of(false), retry(deadLetter));
    assertEquals(List.of(true), discard(deadLetter));
  }

  @Test
  void reads_dead_letters_that_others_have_changed() {
    redis.command(
        "XADD", "mail:{q}:dead", "*", "id", "a", "at", "soon", "progress", "{", "mail", "");
    redis.command("XADD", "mail:{q}:dead", "*", "x", "y");
    List<DeadLetter> letters = page(DEAD, Optional.empty(), 10).deadLetters();
    assertEquals(letters.get(0).entry(), letters.get(0).mailId());
    assertEquals(0, letters.get(1).attemptHistory().attempts());
    assertTrue(letters.get(1).at() > 1_600_000_000_000L);
  }

  @Test
  void keeps_the_origin_of_a_poison() {
    redis.command("XADD", READY, "*", "mail", JSON, "traceparent", "00-t");
    Entry read = readNext("gone");
    redis.command("XCLAIM", READY, "postrider", "gone", 0, read.id(), "RETRYCOUNT", 5, "JUSTID");
    redis.await(
        () ->
            new Reclaim(redis.link(), SETTINGS)
                .reclaim(new Reclaim.Takeover("q", "gone", "new-owner"), 9, true));
    DeadLetter deadLetter = find(read.id()).orElseThrow();
    assertEquals("poison", deadLetter.cause().reason());
    assertEquals(AttemptHistory.none(read.id(), Optional.of("00-t")), deadLetter.attemptHistory());
  }

  @Test
  void names_a_poison_by_its_id() {
    Map<String, String> named =
        Map.of(
            "{\"id\":\"own-1\",\"tags\":{\"id\":\"inner\"}}",
            "own-1",
            "{\"tags\":{\"id\":\"inner\"}}",
            "",
            "{\"id\":\"ana@example.test\"}",
            "",
            "{\"id\":7}",
            "",
            "[".repeat(10_000),
            "",
            "no JSON",
            "");
    named.forEach(
        (json, id) -> {
          String entry = redis.command("XADD", READY, "*", "mail", json).toString();
          readNext("gone");
          redis.command("XCLAIM", READY, "postrider", "gone", 0, entry, "RETRYCOUNT", 5, "JUSTID");
          redis.await(
              () ->
                  new Reclaim(redis.link(), SETTINGS)
                      .reclaim(new Reclaim.Takeover("q", "gone", "new-owner"), 9, true));
          DeadLetter deadLetter = find(id.isEmpty() ? entry : id).orElseThrow();
          assertEquals(id.isEmpty() ? entry : id, deadLetter.mailId());
          assertEquals(entry, deadLetter.attemptHistory().origin());
          assertEquals(json, text(redis.await(() -> deadLetters.mail(deadLetter)).orElseThrow()));
        });
  }

  @Test
  void leaves_a_dead_letter_to_newer_workers_that_only_they_can_read() {
    redis.command(
        "XADD",
        "mail:{q}:dead",
        "*",
        "id",
        "a",
        "mail",
        JSON,
        "progress",
        "{\"format\":2,\"x\":1}");
    assertEquals(List.of(false), retry(page(DEAD, Optional.empty(), 1).deadLetters().get(0)));
    assertEquals(1, redis.number("XLEN", "mail:{q}:dead"));
  }

  @Test
  void turns_pages_from_the_newest_to_the_oldest() {
    for (int i = 0; i < 5; i++) {
      addDeadLetter(DeadLetterStream.Kind.DEAD, "m" + i);
    }
    DeadLetters.Page first = page(DEAD, Optional.empty(), 2);
    assertEquals(List.of("m4", "m3"), ids(first));
    addDeadLetter(DeadLetterStream.Kind.DEAD, "later");
    DeadLetters.Page second = page(DEAD, first.next(), 2);
    assertEquals(List.of("m2", "m1"), ids(second));
    DeadLetters.Page third = page(DEAD, second.next(), 2);
    assertEquals(List.of("m0"), ids(third));
    assertEquals(Optional.empty(), third.next());
    assertEquals(
        List.of(),
        ids(page(new DeadLetterStream("empty", DeadLetterStream.Kind.HELD), Optional.empty(), 2)));
  }

  @Test
  void turns_shorter_pages_where_mails_are_large() {
    String large = "x".repeat(3 * 1024 * 1024);
    for (int i = 0; i < 4; i++) {
      redis.command("XADD", "mail:{q}:dead", "*", "id", "m" + i, "mail", large);
    }
    DeadLetters.Page first = page(DEAD, Optional.empty(), 10);
    assertEquals(List.of("m3", "m2"), ids(first));
    assertEquals(List.of("m1", "m0"), ids(page(DEAD, first.next(), 10)));
  }

  @Test
  void searches_several_streams_and_picks_what_is_wanted() {
    addDeadLetter(DeadLetterStream.Kind.DEAD, "d1");
    addDeadLetter(DeadLetterStream.Kind.DEAD, "d2");
    addDeadLetter(DeadLetterStream.Kind.HELD, "h1");
    addDeadLetter(DeadLetterStream.Kind.HELD, "h2");
    DeadLetterSearch deadLetterSearch = new DeadLetterSearch(deadLetters);
    List<DeadLetterStream> deadLetterStreams =
        List.of(DEAD, new DeadLetterStream("empty", DeadLetterStream.Kind.DEAD), HELD);
    DeadLetterSearch.Result first =
        redis.await(
            () ->
                deadLetterSearch.search(
                    deadLetterStreams, Optional.empty(), deadLetter -> true, 3));
    assertEquals(
        List.of("d2", "d1", "h2"), first.deadLetters().stream().map(DeadLetter::mailId).toList());
    DeadLetterSearch.Result second =
        redis.await(
            () -> deadLetterSearch.search(deadLetterStreams, first.next(), deadLetter -> true, 3));
    assertEquals(List.of("h1"), second.deadLetters().stream().map(DeadLetter::mailId).toList());
    assertEquals(Optional.empty(), second.next());
    assertEquals(first.next(), DeadLetterSearch.Cursor.parse(first.next().orElseThrow().text()));
    assertEquals(Optional.empty(), DeadLetterSearch.Cursor.parse("q/sent/1-1"));
    DeadLetterSearch.Result one =
        redis.await(
            () ->
                deadLetterSearch.search(
                    deadLetterStreams,
                    Optional.empty(),
                    deadLetter -> deadLetter.mailId().endsWith("1"),
                    9));
    assertEquals(List.of("d1", "h1"), one.deadLetters().stream().map(DeadLetter::mailId).toList());
    assertEquals(Optional.empty(), one.next());
  }

  @Test
  void retries_many_in_one_call_and_answers_for_each() {
    for (int i = 0; i < DeadLetters.BATCH_MAX; i++) {
      addDeadLetter(DeadLetterStream.Kind.DEAD, "m" + i);
    }
    List<DeadLetter> letters = page(DEAD, Optional.empty(), DeadLetters.BATCH_MAX).deadLetters();
    retry(letters.get(7));
    List<Boolean> back = redis.await(() -> deadLetters.retry(DEAD, letters));
    assertEquals(DeadLetters.BATCH_MAX - 1, back.stream().filter(yes -> yes).count());
    assertFalse(back.get(7));
    assertEquals(DeadLetters.BATCH_MAX, redis.number("XLEN", READY));
  }

  @Test
  void retries_although_redis_is_full() {
    addDeadLetter(DeadLetterStream.Kind.DEAD, "a");
    DeadLetter deadLetter = find("a").orElseThrow();
    redis.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
    redis.command("CONFIG", "SET", "maxmemory", "1");
    assertEquals(List.of(true), retry(deadLetter));
    assertEquals(1, redis.number("XLEN", READY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ready", "events", "history:new", "history:old", "dead"})
  void stops_before_its_first_write_if_a_key_is_of_another_type(String name) {
    addDeadLetter(DeadLetterStream.Kind.DEAD, "a");
    DeadLetter deadLetter = find("a").orElseThrow();
    redis.command("DEL", "mail:{q}:" + name);
    redis.command("SET", "mail:{q}:" + name, "something else");
    Map<String, Object> before = Snapshot.of(redis.client());
    assertThrows(ErrorType.class, () -> retry(deadLetter));
    if (!name.equals("ready")) {
      assertThrows(ErrorType.class, () -> discard(deadLetter));
    }
    assertEquals(before, Snapshot.of(redis.client()));
  }

  private static String addDeadLetter(DeadLetterStream.Kind kind, String id) {
    redis.command("XADD", READY, "*", "mail", JSON);
    Entry entry = readNext("me");
    settle(id, entry, kind);
    return entry.id();
  }

  private static void settle(String id, Entry entry, DeadLetterStream.Kind kind) {
    AttemptHistory attemptHistory =
        new AttemptHistory(
            entry.id(),
            3,
            2,
            new DoneRecipients(Set.of(1), Map.of(2, 550)),
            Optional.of("key-1"),
            Optional.of("00-trace"),
            Optional.of("550 5.1.1 no such mailbox"));
    List<byte[]> fields =
        List.of(
            utf8("reason"), utf8("refused"),
            utf8("reply"), utf8("550 5.1.1 no such mailbox"),
            utf8("progress"), new AttemptHistoryCodec().encode(attemptHistory));
    Settlement settlement =
        new Settlement(
            entry,
            id,
            kind.word(),
            new Disposition.DeadLetter(kind, fields),
            List.of("reason", "refused"));
    SettleCall scripts = new SettleCall("me", SETTINGS);
    assertEquals(
        1, redis.await(() -> scripts.call(List.of(settlement)).run(redis.link())).get(0).toLong());
  }

  private static Entry readNext(String consumer) {
    return redis
        .await(
            () ->
                new GroupReader("mail", consumer, queue -> Terms.lasting(), (queue, n) -> {})
                    .poll(redis.link(), "q", 1))
        .get(0);
  }

  private Optional<DeadLetter> find(String id) {
    return redis.await(() -> deadLetters.find("q", id));
  }

  private DeadLetters.Page page(
      DeadLetterStream deadLetterStream, Optional<String> after, int atMost) {
    return redis.await(() -> deadLetters.page(deadLetterStream, after, atMost));
  }

  private static List<String> ids(DeadLetters.Page page) {
    return page.deadLetters().stream().map(DeadLetter::mailId).toList();
  }

  private List<Boolean> retry(DeadLetter deadLetter) {
    return redis.await(() -> deadLetters.retry(deadLetter.stream(), List.of(deadLetter)));
  }

  private List<Boolean> discard(DeadLetter deadLetter) {
    return redis.await(() -> deadLetters.discard(deadLetter.stream(), List.of(deadLetter)));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
