package dev.postrider.queue.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.queue.Entry;
import dev.postrider.queue.GroupReader;
import dev.postrider.queue.QueueSettings;
import dev.postrider.queue.consumer.DeliveryCount.EarlierReader;
import dev.postrider.redis.Keys;
import dev.postrider.redis.Script;
import dev.postrider.support.Snapshot;
import dev.postrider.support.Terms;
import dev.postrider.support.redis.RedisFixture;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Taking over, and reading one's own entries again, on a real Redis. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReclaimTest {

  private static final String READY = "mail:{q}:ready";
  private static final QueueSettings SETTINGS =
      new QueueSettings("mail", 1_000, 1_000, 1_000, Duration.ofSeconds(15));

  @RegisterExtension static final RedisFixture redis = new RedisFixture();

  private final Reclaim reclaim = new Reclaim(redis.link(), SETTINGS);
  private final GroupReader newOwner = reader("new-owner");
  private final LeaseTerm term = Terms.lasting();

  private static GroupReader reader(String consumer) {
    return new GroupReader("mail", consumer, queue -> Terms.lasting(), (queue, left) -> {});
  }

  private static List<Integer> counts(Reclaim.Reclaimed reclaimed) {
    return List.of(reclaimed.reclaimed(), reclaimed.poisoned());
  }

  /** As a consumer does that reads what is pending for it. */
  private static List<Entry> start(String consumer) {
    return redis.await(() -> reader(consumer).pending(redis.link(), "q", "0", 100, true)).entries();
  }

  @BeforeEach
  void createGroup() {
    redis.command("XGROUP", "CREATE", READY, "postrider", "0", "MKSTREAM");
  }

  @Test
  void names_those_without_a_lease_but_never_the_new_owner() {
    read("new-owner", "m1");
    read("gone", "m2");
    read("alive", "m3");
    redis.command("SET", "mail:{q}:worker:alive", "{}");
    assertEquals(
        List.of("gone"), redis.await(() -> reclaim.consumersWithoutLease("q", "new-owner")));
  }

  @Test
  void takes_over_what_a_consumer_left_and_forgets_the_consumer() {
    String entry = read("gone", "m1");
    Reclaim.Reclaimed reclaimed = take();
    assertEquals(List.of(1, 0), counts(reclaimed));
    assertFalse(reclaimed.more());
    assertEquals("new-owner", pending(entry).get(1));
    assertEquals(List.of(0, 0), counts(take()));
    assertFalse(
        redis.command("XINFO", "CONSUMERS", READY, "postrider").toString().contains("gone"));
  }

  @Test
  void takes_nothing_from_a_consumer_whose_lease_is_back() {
    String entry = read("gone", "m1");
    redis.command("SET", "mail:{q}:worker:gone", "{}");
    assertEquals(-1, take().reclaimed());
    assertEquals("gone", pending(entry).get(1));
  }

  @Test
  void takes_over_in_bounded_calls() {
    for (int i = 0; i < 250; i++) {
      read("gone", "m" + i);
    }
    assertEquals(List.of(100, 0), counts(take()));
    assertEquals(List.of(100, 0), counts(take()));
    assertEquals(List.of(50, 0), counts(take()));
  }

  @Test
  void makes_a_mail_dead_whose_third_reader_died_however_often_it_was_looked_at() {
    String entry = read("gone", "the mail");
    die(entry, "first");
    die(entry, "second");
    assertEquals(List.of(0, 1), counts(take()));
    Map<String, Object> all = Snapshot.of(redis.client());
    assertTrue(all.get("mail:{q}:dead").toString().contains("reason, poison"));
    assertTrue(all.get("mail:{q}:dead").toString().contains("mail, the mail"));
    assertTrue(all.get("mail:{q}:events").toString().contains("type, dead, id, " + entry));
    assertEquals(0, redis.number("XLEN", READY));
    assertEquals("1", redis.command("HGET", "mail:{q}:totals", "dead"));
  }

  /** The new owner takes over, looks at its entries many times, and dies as the next one gone. */
  private void die(String entry, String which) {
    assertEquals(List.of(1, 0), counts(take()), which);
    for (int i = 0; i < 5; i++) {
      assertEquals(
          1,
          redis.await(() -> newOwner.pending(redis.link(), "q", "0", 10, true)).entries().size());
    }
    hand(entry, "gone");
  }

  @Test
  void counts_no_death_of_a_reader_that_beats_again() {
    String entry = read("gone", "m1");
    for (int failover = 0; failover < 10; failover++) {
      assertEquals(List.of(1, 0), counts(take()));
      beat("gone");
      assertEquals(0L, pending(entry).get(3));
      assertEquals("new-owner", pending(entry).get(1));
      hand(entry, "gone");
      start("gone");
      redis.command("DEL", "mail:{q}:worker:gone");
    }
  }

  @Test
  void keeps_the_deaths_of_the_others_and_the_note_when_a_reader_beats_again() {
    String entry = read("gone", "m1");
    note("gone", entry);
    die(entry, "first");
    redis.command("DEL", "mail:{q}:taken:gone");
    assertEquals(List.of(1, 0), counts(take()));
    beat("gone");
    assertEquals(term.token() * 1_000_000L + 2, pending(entry).get(3));
  }

  @Test
  void makes_nothing_dead_that_was_taken_over_from_three_that_live() {
    String entry = read("a", "m1");
    take("a", "b", false);
    start("b");
    take("b", "c", false);
    start("c");
    assertEquals(List.of(0, 0), counts(take("c", "d", false)));
    assertEquals("c", pending(entry).get(1));
    beat("a");
    beat("b");
    assertEquals(List.of(1, 0), counts(take("c", "d", true)));
    assertEquals("d", pending(entry).get(1));
  }

  @Test
  void leaves_a_worn_mail_to_its_owner_until_that_one_is_gone_for_good() {
    String worn = read("gone", "m1");
    redis.command("XCLAIM", READY, "postrider", "gone", 0, worn, "RETRYCOUNT", 5, "JUSTID");
    read("gone", "m2");
    assertEquals(List.of(1, 0), counts(take("gone", "new-owner", false)));
    assertEquals(List.of(0, 0), counts(take("gone", "new-owner", false)));
    assertEquals("gone", pending(worn).get(1));
    assertEquals(List.of(0, 1), counts(take()));
  }

  @Test
  void counts_no_death_of_a_reader_that_has_said_goodbye() {
    String entry = read("gone", "m1");
    redis.command("XCLAIM", READY, "postrider", "gone", 0, entry, "RETRYCOUNT", 5, "JUSTID");
    redis.command("SET", "mail:{q}:goodbye:gone", "1");
    assertEquals(List.of(1, 0), counts(take()));
    assertEquals(4L, pending(entry).get(3));
    assertEquals(0, redis.number("EXISTS", "mail:{q}:taken:gone"));
  }

  @Test
  void forgets_whom_it_has_taken_over_from_after_an_hour() {
    read("gone", "m1");
    take();
    long left = redis.number("PTTL", "mail:{q}:taken:gone");
    assertTrue(left > 0 && left <= Reclaim.RECORD_TIME.toMillis(), left + " ms");
  }

  /** As a worker does that lives: its lease, and what it says of takeovers meanwhile. */
  private static void beat(String consumer) {
    Keys keys = new Keys("mail", "q");
    redis.await(
        () ->
            Script.named("renew")
                .on(
                    keys.lease(consumer),
                    keys.consumers(),
                    keys.ready(),
                    keys.reclaimedFrom(consumer))
                .arg(60_000)
                .arg("{}")
                .arg(consumer)
                .arg(10)
                .arg(Keys.GROUP)
                .arg(DeliveryCount.MARK)
                .arg(100)
                .run(redis.link()));
  }

  @Test
  void loses_no_poison_that_has_thousands_of_fields() {
    List<Object> words = new ArrayList<>(List.of("XADD", READY, "*", "mail", "the mail"));
    for (int i = 0; i < 10_000; i++) {
      words.add("field" + i);
      words.add("value");
    }
    redis.client().pipeline(List.of(words));
    String entry = readNext("gone");
    redis.command("XCLAIM", READY, "postrider", "gone", 0, entry, "RETRYCOUNT", 5, "JUSTID");
    assertEquals(List.of(0, 1), counts(take()));
    assertTrue(
        Snapshot.of(redis.client()).get("mail:{q}:dead").toString().contains("mail, the mail"));
  }

  @Test
  void tells_of_an_entry_that_was_deleted_while_it_was_pending() {
    String entry = read("gone", "m1");
    redis.command("XDEL", READY, entry);
    assertEquals(List.of(0, 1), counts(take()));
    String dead = Snapshot.of(redis.client()).get("mail:{q}:dead").toString();
    assertTrue(dead.contains("id, " + entry) && dead.contains("reason, invalid"), dead);
    assertEquals(0L, ((List<?>) redis.command("XPENDING", READY, "postrider")).get(0));
  }

  @Test
  void tells_the_new_owner_that_the_server_may_have_the_mail_if_that_was_noted() {
    String noted = read("gone", "m1");
    read("gone", "m2");
    assertTrue(note("gone", noted));
    take();
    List<Entry> left =
        redis.await(() -> newOwner.pending(redis.link(), "q", "0", 10, true)).entries();
    assertEquals(
        List.of(EarlierReader.LOST_WHILE_SENDING, EarlierReader.LOST),
        left.stream().map(entry -> entry.deliveries().earlierReader()).toList());
  }

  @Test
  void keeps_the_note_from_owner_to_owner_and_through_pauses() {
    String entry = read("gone", "m1");
    note("gone", entry);
    for (int owners = 0; owners < 10; owners++) {
      assertEquals(List.of(1, 0), counts(take()));
      assertEquals(
          EarlierReader.LOST_WHILE_SENDING, lookAgain(newOwner).deliveries().earlierReader());
      redis.await(() -> newOwner.markUntried(redis.link(), "q", List.of(entry)));
      hand(entry, "gone");
    }
  }

  @Test
  void counts_deaths_beside_the_note() {
    String entry = read("gone", "the mail");
    note("gone", entry);
    die(entry, "first");
    die(entry, "second");
    assertEquals(List.of(0, 1), counts(take()));
    String dead = Snapshot.of(redis.client()).get("mail:{q}:dead").toString();
    assertTrue(dead.contains("its workers died 3 times"), dead);
  }

  @Test
  void notes_an_intent_once_and_for_who_has_the_mail_only() {
    String entry = read("gone", "m1");
    assertTrue(note("gone", entry));
    assertTrue(note("gone", entry));
    assertEquals(term.token() * 1_000_000L + 1, pending(entry).get(3));
    assertFalse(note("new-owner", entry));
    redis.command("XACK", READY, "postrider", entry);
    assertFalse(note("gone", entry));
    redis.command("XGROUP", "DESTROY", READY, "postrider");
    assertThrows(ErrorType.class, () -> note("gone", entry));
  }

  private boolean note(String consumer, String entry) {
    return note(consumer, entry, term);
  }

  private static boolean note(String consumer, String entry, LeaseTerm in) {
    redis.command("SET", "mail:{q}:worker:" + consumer, "{}", "PX", 60_000);
    boolean recorded = record(consumer, entry, in);
    redis.command("DEL", "mail:{q}:worker:" + consumer);
    return recorded;
  }

  private static boolean record(String consumer, String entry, LeaseTerm in) {
    Entry noted =
        new Entry(
            "q",
            entry,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Entry.Reading.first(in));
    return redis.await(() -> new SendIntents(redis.link(), "mail", consumer).record(noted));
  }

  /** As if the new owner were the next one gone. */
  private static void hand(String entry, String to) {
    Object count = pending(entry).get(3);
    redis.command("XCLAIM", READY, "postrider", to, 0, entry, "RETRYCOUNT", count, "JUSTID");
  }

  private static Entry lookAgain(GroupReader groupReader) {
    return redis
        .await(() -> groupReader.pending(redis.link(), "q", "0", 10, true))
        .entries()
        .get(0);
  }

  @Test
  void counts_no_death_for_mail_that_was_read_but_not_tried() {
    String entry = read("gone", "m1");
    for (int restart = 0; restart < 10; restart++) {
      GroupReader groupReader = reader("gone");
      redis.await(() -> groupReader.markUntried(redis.link(), "q", List.of(entry)));
      assertEquals(List.of(1, 0), counts(take()));
      hand(entry, "gone");
    }
  }

  @Test
  void takes_nothing_back_from_who_has_taken_it_over() {
    String entry = read("other", "m1");
    redis.await(() -> newOwner.markUntried(redis.link(), "q", List.of(entry)));
    assertEquals("other", pending(entry).get(1));
    assertEquals(1L, pending(entry).get(3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ready", "events", "history:new", "history:old", "totals", "dead"})
  void stops_before_its_first_write_if_a_key_is_of_another_type(String name) {
    String entry = read("gone", "m1");
    redis.command("XCLAIM", READY, "postrider", "gone", 0, entry, "RETRYCOUNT", 5, "JUSTID");
    redis.command("DEL", "mail:{q}:" + name);
    redis.command("SET", "mail:{q}:" + name, "something else");
    Map<String, Object> before = Snapshot.of(redis.client());
    assertThrows(ErrorType.class, this::take);
    assertEquals(before, Snapshot.of(redis.client()));
  }

  @Test
  void reads_its_own_pending_entries_in_order_and_in_parts_without_counting_it() {
    String first = read("new-owner", "m1");
    String other = read("other", "m2");
    String third = read("new-owner", "m3");
    List<Entry> page =
        redis.await(() -> newOwner.pending(redis.link(), "q", "0", 1, true)).entries();
    assertEquals(List.of(first), page.stream().map(Entry::id).toList());
    List<Entry> next =
        redis.await(() -> newOwner.pending(redis.link(), "q", first, 10, true)).entries();
    assertEquals(List.of(third), next.stream().map(Entry::id).toList());
    assertEquals(
        List.of(),
        redis.await(() -> newOwner.pending(redis.link(), "q", third, 10, true)).entries());
    assertEquals("other", pending(other).get(1));
    assertEquals(1L, pending(first).get(3));
    assertEquals("m1", new String(page.get(0).mail().orElseThrow()));
  }

  @Test
  void reads_a_deleted_entry_as_deleted() {
    String entry = read("new-owner", "m1");
    redis.command("XDEL", READY, entry);
    List<Entry> read =
        redis.await(() -> newOwner.pending(redis.link(), "q", "0", 10, true)).entries();
    assertEquals(1, read.size());
    assertEquals(Entry.Presence.DELETED, read.get(0).presence());
    assertEquals(0, read.get(0).size());
  }

  @Test
  void says_that_the_group_is_missing_in_words_the_worker_knows() {
    redis.command("FLUSHALL");
    ErrorType failure =
        assertThrows(
            ErrorType.class,
            () -> redis.await(() -> newOwner.pending(redis.link(), "q", "0", 10, true)).entries());
    assertTrue(failure.getMessage().startsWith("NOGROUP"), failure.getMessage());
  }

  @Test
  void creates_a_group_once_and_leaves_a_key_of_another_type_alone() {
    redis.await(() -> newOwner.createGroup(redis.link(), "q"));
    redis.command("SET", "mail:{p}:ready", "x");
    redis.await(() -> newOwner.createGroup(redis.link(), "p"));
    assertEquals("x", redis.command("GET", "mail:{p}:ready"));
  }

  private Reclaim.Reclaimed take() {
    return take("gone", "new-owner", true);
  }

  private Reclaim.Reclaimed take(String from, String to, boolean forGood) {
    return redis.await(() -> reclaim.reclaim(new Reclaim.Takeover("q", from, to), 1_000, forGood));
  }

  private static List<?> pending(String entry) {
    return (List<?>)
        ((List<?>) redis.command("XPENDING", READY, "postrider", entry, entry, 1)).get(0);
  }

  private static String read(String consumer, String mail) {
    redis.command("XADD", READY, "*", "mail", mail);
    return readNext(consumer);
  }

  private static String readNext(String consumer) {
    List<?> streams =
        (List<?>)
            redis.command(
                "XREADGROUP", "GROUP", "postrider", consumer, "COUNT", 1, "STREAMS", READY, ">");
    return (String) ((List<?>) ((List<?>) ((List<?>) streams.get(0)).get(1)).get(0)).get(0);
  }
}
