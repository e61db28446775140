package dev.postrider.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.RedisBench;
import dev.postrider.support.Snapshot;
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

/** Buried mail is found, retried and discarded, on a real Redis. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GraveyardTest {

  private static final String READY = "mail:{q}:ready";
  private static final String JSON = "{\"subject\":\"Grüße\"}";
  private static final QueueSettings SETTINGS =
      new QueueSettings("mail", 1_000, 1_000, 1_000, Duration.ofSeconds(15));
  private static final Plot DEAD = new Plot("q", Plot.Kind.DEAD);
  private static final Plot HELD = new Plot("q", Plot.Kind.HELD);

  @RegisterExtension static final RedisBench redis = new RedisBench();

  private final Graveyard graveyard = new Graveyard(redis.link(), SETTINGS);

  @BeforeEach
  void createGroup() {
    redis.command("XGROUP", "CREATE", READY, "postrider", "0", "MKSTREAM");
  }

  @ParameterizedTest
  @EnumSource(Plot.Kind.class)
  void finds_a_mail_by_its_id_and_tells_why_it_lies_there(Plot.Kind kind) {
    String entry = bury(kind, "a");
    Grave grave = find("a").orElseThrow();
    assertEquals(new Plot("q", kind), grave.plot());
    assertEquals("a", grave.mailId());
    assertEquals("refused", grave.cause().reason());
    assertEquals(Optional.of("550 5.1.1 no such mailbox"), grave.cause().reply());
    assertEquals(entry, grave.progress().origin());
    assertEquals(OptionalLong.of(JSON.getBytes(StandardCharsets.UTF_8).length), grave.octets());
    assertTrue(grave.at() > 1_600_000_000_000L);
    assertEquals(JSON, text(redis.await(() -> graveyard.mail(grave)).orElseThrow()));
  }

  @Test
  void finds_nothing_where_nothing_is_buried() {
    bury(Plot.Kind.DEAD, "a");
    assertEquals(Optional.empty(), find("b"));
    assertEquals(Optional.empty(), find("99999999999999999999999-1"));
  }

  @Test
  void finds_a_grave_by_its_entry_where_no_timeline_is_kept() {
    bury(Plot.Kind.HELD, "a");
    redis.command("DEL", "mail:{q}:history:new");
    Grave listed = page(HELD, Optional.empty(), 10).graves().get(0);
    assertEquals(Optional.empty(), find("a"));
    assertEquals(Optional.of(listed), find(listed.entry()));
  }

  @ParameterizedTest
  @EnumSource(Plot.Kind.class)
  void puts_a_mail_back_with_its_bytes_and_begins_to_count_anew(Plot.Kind kind) {
    String origin = bury(kind, "a");
    Grave grave = find("a").orElseThrow();
    assertEquals(List.of(true), retry(grave));
    assertEquals(0, redis.number("XLEN", "mail:{q}:" + kind.word()));
    Entry back = readNext("me");
    assertArrayEquals(JSON.getBytes(StandardCharsets.UTF_8), back.mail().orElseThrow());
    Progress progress = progress(back);
    assertEquals(origin, progress.origin());
    assertEquals(0, progress.attempts());
    assertEquals(0, progress.setbacks());
    assertEquals(Set.of(1), progress.accepted());
    assertEquals(Optional.of("key-1"), progress.idempotencyKey());
    assertEquals(Optional.of("00-trace"), progress.traceparent());
    assertFalse(back.intended());
  }

  private static Progress progress(Entry entry) {
    try {
      return new ProgressCodec().decode(entry.progress().orElseThrow(), "");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource(Plot.Kind.class)
  void puts_a_mail_back_once_however_often_it_is_asked_to(Plot.Kind kind) {
    bury(kind, "a");
    Grave grave = find("a").orElseThrow();
    retry(grave);
    Map<String, Object> before = Snapshot.of(redis.client());
    assertEquals(List.of(false), retry(grave));
    assertEquals(List.of(false), discard(grave));
    assertEquals(before, Snapshot.of(redis.client()));
    assertEquals(Optional.empty(), find("a"));
  }

  @ParameterizedTest
  @EnumSource(Plot.Kind.class)
  void removes_a_mail_for_good_and_once(Plot.Kind kind) {
    bury(kind, "a");
    Grave grave = find("a").orElseThrow();
    assertEquals(List.of(true), discard(grave));
    Map<String, Object> before = Snapshot.of(redis.client());
    assertEquals(List.of(false), discard(grave));
    assertEquals(List.of(false), retry(grave));
    assertEquals(before, Snapshot.of(redis.client()));
    assertEquals(0, redis.number("XLEN", "mail:{q}:" + kind.word()));
    assertEquals(0, redis.number("XLEN", READY));
    assertEquals(Optional.empty(), redis.await(() -> graveyard.mail(grave)));
  }

  @Test
  void tells_of_both_in_events_and_timeline() {
    bury(Plot.Kind.DEAD, "a");
    bury(Plot.Kind.HELD, "b");
    retry(find("a").orElseThrow());
    discard(find("b").orElseThrow());
    String events = redis.command("XRANGE", "mail:{q}:events", "-", "+").toString();
    assertTrue(events.contains("[type, retried, id, a, at, "), events);
    assertTrue(events.contains("[type, discarded, id, b, at, "), events);
    assertFalse(
        events.contains("grave") || events.contains("entry"), "nothing internal: " + events);
    String timeline = redis.command("HGET", "mail:{q}:history:new", "a").toString();
    assertTrue(
        timeline.startsWith("type\u001fdead\u001f") && timeline.contains("\ntype\u001fretried"));
  }

  @Test
  void buries_a_mail_again_that_fails_again_and_finds_the_newest_grave() {
    bury(Plot.Kind.DEAD, "a");
    bury(Plot.Kind.HELD, "a");
    Grave newest = find("a").orElseThrow();
    assertEquals(HELD, newest.plot());
    retry(newest);
    Grave older = find("a").orElseThrow();
    assertEquals(DEAD, older.plot(), "a twin of the same id is still there");
    settle("a", readNext("me"), Plot.Kind.HELD);
    assertEquals(HELD, find("a").orElseThrow().plot());
  }

  @Test
  void leaves_a_grave_alone_of_which_nothing_is_left_to_send() {
    redis.command("XADD", "mail:{q}:dead", "*", "id", "a", "reason", "invalid");
    Grave grave = page(DEAD, Optional.empty(), 1).graves().get(0);
    assertEquals(OptionalLong.empty(), grave.octets());
    assertEquals(List.of(false), retry(grave));
    assertEquals(List.of(true), discard(grave));
  }

  @Test
  void reads_graves_that_others_have_scribbled_on() {
    redis.command(
        "XADD", "mail:{q}:dead", "*", "id", "a", "at", "soon", "progress", "{", "mail", "");
    redis.command("XADD", "mail:{q}:dead", "*", "x", "y");
    List<Grave> graves = page(DEAD, Optional.empty(), 10).graves();
    assertEquals(graves.get(0).entry(), graves.get(0).mailId());
    assertEquals(0, graves.get(1).progress().attempts());
    assertTrue(graves.get(1).at() > 1_600_000_000_000L);
  }

  @Test
  void keeps_the_origin_of_a_poison() {
    redis.command("XADD", READY, "*", "mail", JSON, "traceparent", "00-t");
    Entry read = readNext("gone");
    redis.command("XCLAIM", READY, "postrider", "gone", 0, read.id(), "RETRYCOUNT", 3, "JUSTID");
    redis.await(() -> new Inheritance(redis.link(), SETTINGS).take("q", "gone", "heir", true));
    Grave grave = find(read.id()).orElseThrow();
    assertEquals("poison", grave.cause().reason());
    assertEquals(Progress.none(read.id(), Optional.of("00-t")), grave.progress());
  }

  @Test
  void names_a_poison_by_the_id_that_it_bears() {
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
          redis.command("XCLAIM", READY, "postrider", "gone", 0, entry, "RETRYCOUNT", 3, "JUSTID");
          redis.await(
              () -> new Inheritance(redis.link(), SETTINGS).take("q", "gone", "heir", true));
          Grave grave = find(id.isEmpty() ? entry : id).orElseThrow();
          assertEquals(id.isEmpty() ? entry : id, grave.mailId());
          assertEquals(entry, grave.progress().origin());
          assertEquals(json, text(redis.await(() -> graveyard.mail(grave)).orElseThrow()));
        });
  }

  @Test
  void leaves_a_grave_to_newer_workers_that_only_they_can_read() {
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
    assertEquals(List.of(false), retry(page(DEAD, Optional.empty(), 1).graves().get(0)));
    assertEquals(1, redis.number("XLEN", "mail:{q}:dead"));
  }

  @Test
  void turns_pages_from_the_newest_to_the_oldest() {
    for (int i = 0; i < 5; i++) {
      bury(Plot.Kind.DEAD, "m" + i);
    }
    Graveyard.Page first = page(DEAD, Optional.empty(), 2);
    assertEquals(List.of("m4", "m3"), ids(first));
    bury(Plot.Kind.DEAD, "later");
    Graveyard.Page second = page(DEAD, first.next(), 2);
    assertEquals(List.of("m2", "m1"), ids(second));
    Graveyard.Page third = page(DEAD, second.next(), 2);
    assertEquals(List.of("m0"), ids(third));
    assertEquals(Optional.empty(), third.next());
    assertEquals(List.of(), ids(page(new Plot("empty", Plot.Kind.HELD), Optional.empty(), 2)));
  }

  @Test
  void turns_shorter_pages_where_mails_are_large() {
    String large = "x".repeat(3 * 1024 * 1024);
    for (int i = 0; i < 4; i++) {
      redis.command("XADD", "mail:{q}:dead", "*", "id", "m" + i, "mail", large);
    }
    Graveyard.Page first = page(DEAD, Optional.empty(), 10);
    assertEquals(List.of("m3", "m2"), ids(first));
    assertEquals(List.of("m1", "m0"), ids(page(DEAD, first.next(), 10)));
  }

  @Test
  void walks_over_plots_and_picks_what_is_wanted() {
    bury(Plot.Kind.DEAD, "d1");
    bury(Plot.Kind.DEAD, "d2");
    bury(Plot.Kind.HELD, "h1");
    bury(Plot.Kind.HELD, "h2");
    Survey survey = new Survey(graveyard);
    List<Plot> plots = List.of(DEAD, new Plot("empty", Plot.Kind.DEAD), HELD);
    Survey.Found first = redis.await(() -> survey.walk(plots, Optional.empty(), grave -> true, 3));
    assertEquals(List.of("d2", "d1", "h2"), first.graves().stream().map(Grave::mailId).toList());
    Survey.Found second = redis.await(() -> survey.walk(plots, first.next(), grave -> true, 3));
    assertEquals(List.of("h1"), second.graves().stream().map(Grave::mailId).toList());
    assertEquals(Optional.empty(), second.next());
    assertEquals(first.next(), Survey.Place.read(first.next().orElseThrow().text()));
    assertEquals(Optional.empty(), Survey.Place.read("q/sent/1-1"));
    Survey.Found one =
        redis.await(
            () -> survey.walk(plots, Optional.empty(), grave -> grave.mailId().endsWith("1"), 9));
    assertEquals(List.of("d1", "h1"), one.graves().stream().map(Grave::mailId).toList());
    assertEquals(Optional.empty(), one.next());
  }

  @Test
  void retries_many_in_one_call_and_answers_for_each() {
    for (int i = 0; i < Graveyard.LOT_MAX; i++) {
      bury(Plot.Kind.DEAD, "m" + i);
    }
    List<Grave> graves = page(DEAD, Optional.empty(), Graveyard.LOT_MAX).graves();
    retry(graves.get(7));
    List<Boolean> back = redis.await(() -> graveyard.retry(DEAD, graves));
    assertEquals(Graveyard.LOT_MAX - 1, back.stream().filter(yes -> yes).count());
    assertFalse(back.get(7));
    assertEquals(Graveyard.LOT_MAX, redis.number("XLEN", READY));
  }

  @Test
  void retries_although_redis_is_full() {
    bury(Plot.Kind.DEAD, "a");
    Grave grave = find("a").orElseThrow();
    redis.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
    redis.command("CONFIG", "SET", "maxmemory", "1");
    assertEquals(List.of(true), retry(grave));
    assertEquals(1, redis.number("XLEN", READY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ready", "events", "history:new", "history:old", "dead"})
  void stops_before_its_first_write_if_a_key_is_of_another_type(String name) {
    bury(Plot.Kind.DEAD, "a");
    Grave grave = find("a").orElseThrow();
    redis.command("DEL", "mail:{q}:" + name);
    redis.command("SET", "mail:{q}:" + name, "something else");
    Map<String, Object> before = Snapshot.of(redis.client());
    assertThrows(ErrorType.class, () -> retry(grave));
    if (!name.equals("ready")) {
      assertThrows(ErrorType.class, () -> discard(grave));
    }
    assertEquals(before, Snapshot.of(redis.client()));
  }

  private static String bury(Plot.Kind kind, String id) {
    redis.command("XADD", READY, "*", "mail", JSON);
    Entry entry = readNext("me");
    settle(id, entry, kind);
    return entry.id();
  }

  private static void settle(String id, Entry entry, Plot.Kind kind) {
    Progress progress =
        new Progress(
            entry.id(),
            3,
            2,
            Set.of(1),
            Optional.of("key-1"),
            Optional.of("00-trace"),
            Optional.of("550 5.1.1 no such mailbox"));
    List<byte[]> fields =
        List.of(
            utf8("reason"), utf8("refused"),
            utf8("reply"), utf8("550 5.1.1 no such mailbox"),
            utf8("progress"), new ProgressCodec().encode(progress));
    Settlement settlement =
        new Settlement(
            entry,
            id,
            kind.word(),
            new Move.Bury(kind == Plot.Kind.HELD, fields),
            List.of("reason", "refused"));
    SettleScripts scripts = new SettleScripts("me", SETTINGS);
    assertEquals(
        1, redis.await(() -> scripts.call(List.of(settlement)).run(redis.link())).get(0).toLong());
  }

  private static Entry readNext(String consumer) {
    return redis.await(() -> new Reader("mail", consumer).poll(redis.link(), "q", 1)).get(0);
  }

  private Optional<Grave> find(String id) {
    return redis.await(() -> graveyard.find("q", id));
  }

  private Graveyard.Page page(Plot plot, Optional<String> after, int atMost) {
    return redis.await(() -> graveyard.page(plot, after, atMost));
  }

  private static List<String> ids(Graveyard.Page page) {
    return page.graves().stream().map(Grave::mailId).toList();
  }

  private List<Boolean> retry(Grave grave) {
    return redis.await(() -> graveyard.retry(grave.plot(), List.of(grave)));
  }

  private List<Boolean> discard(Grave grave) {
    return redis.await(() -> graveyard.discard(grave.plot(), List.of(grave)));
  }

  private static String text(byte[] octets) {
    return new String(octets, StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
