package dev.postrider.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.mail.DoneRecipients;
import dev.postrider.mail.Reaction;
import dev.postrider.mail.Receipt;
import dev.postrider.mail.Receipt.Answer;
import dev.postrider.mail.Receipt.Fate;
import dev.postrider.mail.Receipt.ServerReply;
import dev.postrider.mail.ReplyMeaning;
import dev.postrider.mail.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AttemptHistoryCodecTest {

  private final AttemptHistoryCodec codec = new AttemptHistoryCodec();

  @Test
  void reads_what_it_writes_on_one_line() throws IOException {
    AttemptHistory attemptHistory =
        new AttemptHistory(
            "1700000000000-7",
            3,
            2,
            new DoneRecipients(Set.of(4, 0, 2), Map.of(1, 550, 999, 553, 3, 521)),
            Optional.of("key \"1\""),
            Optional.of("00-abc-def-01"),
            Optional.of("450 4.2.1 Büsy\nagain 😀"));
    byte[] line = codec.encode(attemptHistory);
    assertFalse(new String(line, StandardCharsets.UTF_8).contains("\n"));
    assertEquals(attemptHistory, codec.decode(line, "9-9"));
  }

  @Test
  void writes_nothing_but_the_origin_of_a_mail_that_was_never_tried() throws IOException {
    AttemptHistory none = AttemptHistory.none("1700000000000-7", Optional.empty());
    byte[] line = codec.encode(none);
    assertEquals("1700000000000-7", new String(line, StandardCharsets.UTF_8));
    assertEquals(none, codec.decode(line, "9-9"));
  }

  @Test
  void reads_the_zeros_that_were_written_once() throws IOException {
    String line = "{\"origin\":\"1700000000000-7\",\"attempts\":0,\"setbacks\":0}";
    assertEquals(
        AttemptHistory.none("1700000000000-7", Optional.empty()),
        codec.decode(line.getBytes(StandardCharsets.UTF_8), "9-9"));
  }

  @Test
  void takes_the_entry_for_the_origin_where_none_is_noted() throws IOException {
    AttemptHistory read = codec.decode("{\"idempotency_key\":\"k\"}".getBytes(), "5-1");
    assertEquals("5-1", read.origin());
    assertEquals(Optional.of("k"), read.idempotencyKey());
  }

  @Test
  void reads_the_places_that_were_written_once() throws IOException {
    String line = "{\"origin\":\"5-1\",\"attempts\":1,\"setbacks\":0,\"accepted\":[0,12]}";
    assertEquals(
        new DoneRecipients(Set.of(0, 12), Map.of()), codec.decode(line.getBytes(), "5-1").done());
  }

  @Test
  void an_older_version_reads_the_refused_as_places_that_no_mail_has() {
    AttemptHistory history =
        AttemptHistory.none("1-1", Optional.empty()).with(receipt(refused(3)), true);
    String line = new String(codec.encode(history), StandardCharsets.UTF_8);
    assertTrue(line.contains("\"accepted\":[55000003]"), line);
  }

  @Test
  void counts_attempts_and_uncounted_failures_in_a_row() {
    AttemptHistory none = AttemptHistory.none("1-1", Optional.empty());
    AttemptHistory second = none.with(receipt(lost(0)), false).with(receipt(lost(0)), false);
    assertEquals(0, second.attempts());
    assertEquals(2, second.uncountedFailures());
    assertEquals(0, second.with(receipt(accepted(1), lost(0)), false).uncountedFailures());
    AttemptHistory third = second.with(receipt(lost(0)), true);
    assertEquals(1, third.attempts());
    assertEquals(0, third.uncountedFailures());
    assertEquals(Optional.of("gone"), third.lastReply());
    assertEquals("1-1", third.origin());
  }

  @Test
  void keeps_that_a_key_was_checked_in_a_form_that_earlier_versions_read() throws IOException {
    AttemptHistory checked = AttemptHistory.none("5-1", Optional.empty()).withKeyChecked();
    String line = new String(codec.encode(checked), StandardCharsets.UTF_8);
    assertEquals(
        "{\"origin\":\"5-1\",\"attempts\":0,\"setbacks\":0,\"idempotency_key\":\"5-1\"}", line);
    assertTrue(codec.decode(line.getBytes(StandardCharsets.UTF_8), "9-9").isKeyChecked());
    assertTrue(checked.with(receipt(lost(0)), true).reset().isKeyChecked());
    assertFalse(AttemptHistory.none("5-1", Optional.empty()).isKeyChecked());
    assertFalse(codec.decode("{\"idempotency_key\":\"k\"}".getBytes(), "5-1").isKeyChecked());
  }

  @Test
  void keeps_who_is_done_until_an_operator_asks_for_another_try() {
    AttemptHistory history =
        AttemptHistory.none("1-1", Optional.empty())
            .with(receipt(accepted(2), refused(3), lost(0)), true)
            .with(receipt(accepted(0)), true);
    assertEquals(new DoneRecipients(Set.of(0, 2), Map.of(3, 550)), history.done());
    assertEquals(List.of(true, false, true, true, false), asked(history.done()));
    assertEquals(new DoneRecipients(Set.of(0, 2), Map.of()), history.reset().done());
  }

  private static List<Boolean> asked(DoneRecipients done) {
    return IntStream.range(0, 5).mapToObj(done::contains).toList();
  }

  private static Receipt receipt(Answer... answers) {
    return new Receipt("default", Arrays.asList(answers));
  }

  private static Answer accepted(int place) {
    return new Answer(place, Fate.ACCEPTED, "done", Optional.empty(), "");
  }

  private static Answer lost(int place) {
    return new Answer(place, Fate.NOT_SENT, "connecting", Optional.empty(), "gone");
  }

  private static Answer refused(int place) {
    return new Answer(
        place,
        Fate.REFUSED,
        "envelope",
        Optional.of(new ServerReply(550, Optional.empty(), "No")),
        "",
        Optional.of(new ReplyMeaning(Scope.ADDRESS, Reaction.REFUSE, Optional.empty(), "")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "1",
        "null",
        "{",
        "{\"origin\"",
        "{\"origin\":}",
        "{\"origin\":null}",
        "{\"origin\":\"x\"}",
        "{\"origin\":\"\"}",
        "{\"origin\":\"1\"}",
        "{\"origin\":\"-\"}",
        "{\"origin\":\"99999999999999999999-1\"}",
        "1700000000000-",
        "1700000000000-7 ",
        "99999999999999999999-1",
        "{\"origin\":{}}",
        "{\"attempts\":\"1\"}",
        "{\"attempts\":-1}",
        "{\"attempts\":2147483647}",
        "{\"attempts\":99999999999}",
        "{\"setbacks\":-1}",
        "{\"setbacks\":null}",
        "{\"accepted\":5}",
        "{\"accepted\":[\"a\"]}",
        "{\"accepted\":[[1]]}",
        "{\"accepted\":[",
        "{\"traceparent\":7}",
        "{\"last_reply\":[]}",
        "{\"unknown\":1}"
      })
  void refuses_what_it_would_never_write(String line) {
    assertThrows(IOException.class, () -> codec.decode(line.getBytes(), "1-1"));
  }
}
