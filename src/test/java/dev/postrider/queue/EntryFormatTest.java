package dev.postrider.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.queue.admin.QueueStats;
import dev.postrider.queue.admin.QueueStatsReader;
import dev.postrider.queue.consumer.Reclaim;
import dev.postrider.support.Terms;
import dev.postrider.support.redis.RedisFixture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mail of a format that is not known yet, on a real Redis. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EntryFormatTest {

  private static final String READY = "mail:{q}:ready";
  private static final QueueSettings SETTINGS =
      new QueueSettings("mail", 1_000, 1_000, 1_000, Duration.ofSeconds(15));

  @RegisterExtension static final RedisFixture redis = new RedisFixture();

  private final List<String> left = new ArrayList<>();
  private final GroupReader groupReader =
      new GroupReader(
          "mail",
          "me",
          queue -> Terms.lasting(),
          (queue, entries) -> left.add(queue + " " + entries));
  private final Reclaim reclaim = new Reclaim(redis.link(), SETTINGS);

  @BeforeEach
  void createGroup() {
    redis.command("XGROUP", "CREATE", READY, "postrider", "0", "MKSTREAM");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "2, 2",
    "999999999, 999999999",
    "'', 1",
    "0, 1",
    "-2, 1",
    "02, 1",
    "2.0, 1",
    "new, 1",
    "9999999999, 1"
  })
  void reads_the_number_of_a_format_and_nothing_else(String value, int format) {
    assertEquals(format, EntryFormat.ofField(value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"format\":2,\"origin\":\"1-1\"}|2",
        "{\"format\":3}|3",
        "{\"origin\":\"1-1\",\"format\":2}|1",
        "{\"format\":\"2\"}|1",
        "{|1"
      })
  void finds_the_format_at_the_beginning_of_the_progress(String progress, int format) {
    assertEquals(format, EntryFormat.ofProgress(progress.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void returns_what_it_knows_and_leaves_the_rest() {
    String known = add("mail", "{}");
    add("mail", "{}", "format", "2");
    add("mail", "{}", "progress", "{\"format\":2,\"origin\":\"1-1\"}");
    add("mail", "{}", "format", "3");
    String other = add("mail", "{}", "format", "mine");
    assertEquals(List.of(known, other), ids(poll()));
    assertEquals(List.of("q 1", "q 2"), left.stream().sorted().toList());
    assertEquals(5, redis.number("XLEN", READY), "nothing is settled");
    assertEquals("[[format-2, 2], [format-3, 1], [me, 2]]", consumers());
  }

  @Test
  void counts_what_is_left_apart_from_what_is_in_flight() {
    add("mail", "{}", "format", "2");
    add("mail", "{}");
    add("mail", "{}");
    redis.await(() -> groupReader.poll(redis.link(), "q", 2));
    QueueStats stats = redis.await(() -> new QueueStatsReader(redis.link(), "mail").read("q"));
    assertEquals(1, stats.newerFormat());
    assertEquals(1, stats.inFlight());
    assertEquals(1, stats.ready());
  }

  @Test
  void is_no_death_of_its_reader_however_many_old_workers_had_it() {
    String entry = add("mail", "{}", "format", "2");
    poll();
    for (int worker = 0; worker < 10; worker++) {
      redis.command("XCLAIM", READY, "postrider", "gone", 0, entry, "RETRYCOUNT", 1, "JUSTID");
      assertEquals(
          new Reclaim.Reclaimed(1, 0, false),
          redis.await(() -> reclaim.reclaim(new Reclaim.Takeover("q", "gone", "me"), 9, true)));
      assertEquals(List.of(), pending());
      assertTrue(consumers().contains("[format-2, 1]"), consumers());
    }
    assertEquals(0L, pendingEntry(entry).get(3));
  }

  @Test
  void is_taken_over_by_workers_that_know_it_and_by_no_others() {
    add("mail", "{}", "format", "2");
    add("mail", "{}", "format", "3");
    poll();
    assertEquals(List.of(), redis.await(() -> reclaim.consumersWithoutLease("q", "me")));
    Reclaim newer = new Reclaim(redis.link(), SETTINGS, 2);
    assertEquals(List.of("me", "format-2"), without("3", newer));
    assertEquals(
        new Reclaim.Reclaimed(1, 0, false),
        redis.await(() -> newer.reclaim(new Reclaim.Takeover("q", "format-2", "new"), 9, true)));
    assertTrue(consumers().contains("[new, 1]"), consumers());
  }

  private static List<String> without(String format, Reclaim reclaim) {
    List<String> gone = redis.await(() -> reclaim.consumersWithoutLease("q", "new"));
    assertFalse(gone.contains("format-" + format));
    return gone.stream().sorted((a, b) -> b.compareTo(a)).toList();
  }

  @Test
  void reads_on_behind_a_page_of_which_everything_was_left() {
    for (int i = 0; i < 4; i++) {
      add("mail", "{}", "format", "2");
    }
    String known = add("mail", "{}");
    redis.command("XREADGROUP", "GROUP", "postrider", "me", "COUNT", 5, "STREAMS", READY, ">");
    List<String> read = new ArrayList<>();
    String after = "0";
    while (!after.isEmpty()) {
      PendingPage page = page(after, 2);
      read.addAll(ids(page.entries()));
      after = page.last();
    }
    assertEquals(List.of(known), read);
    assertEquals("[[format-2, 4], [me, 1]]", consumers());
  }

  private static String add(Object... fields) {
    List<Object> words = new ArrayList<>(List.of("XADD", READY, "*"));
    words.addAll(List.of(fields));
    return redis.command(words.toArray()).toString();
  }

  private List<Entry> poll() {
    return redis.await(() -> groupReader.poll(redis.link(), "q", 10));
  }

  private List<Entry> pending() {
    return page("0", 10).entries();
  }

  private PendingPage page(String after, int most) {
    return redis.await(() -> groupReader.pending(redis.link(), "q", after, most, true));
  }

  private static List<String> ids(List<Entry> entries) {
    return entries.stream().map(Entry::id).toList();
  }

  private static String consumers() {
    return ((List<?>) redis.command("XPENDING", READY, "postrider")).get(3).toString();
  }

  private static List<?> pendingEntry(String entry) {
    return (List<?>)
        ((List<?>) redis.command("XPENDING", READY, "postrider", entry, entry, 1)).get(0);
  }
}
