package dev.postrider.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.event.EngineMetrics;
import dev.postrider.event.QueueMetrics;
import dev.postrider.event.SpanExporter;
import dev.postrider.mail.Outcome;
import dev.postrider.mail.Reason;
import dev.postrider.mail.Receipt;
import dev.postrider.queue.Disposition;
import dev.postrider.queue.Settlement;
import dev.postrider.queue.deadletter.DeadLetterStream.Kind;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What is written for each outcome, and what follows; without Redis. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OutcomeWriterTest {

  private static final Receipt ACCEPTED =
      new Receipt(
          "default",
          List.of(new Receipt.Answer(0, Receipt.Fate.ACCEPTED, "done", Optional.empty(), "")));
  private static final Receipt LOST =
      new Receipt(
          "default",
          List.of(
              new Receipt.Answer(
                  0, Receipt.Fate.NOT_SENT, "connecting", Optional.empty(), "no route")));

  private final List<Settlement> settlements = new ArrayList<>();
  private final List<String> ended = new ArrayList<>();
  private final List<Long> due = new ArrayList<>();
  private final EngineMetrics metrics = new EngineMetrics(List.of("q"), List.of("default"));
  private long answer = 1;
  private final OutcomeWriter writer =
      new OutcomeWriter(
          this::settle,
          ended::add,
          (queue, dueAt) -> due.add(dueAt),
          new AttemptMetrics(metrics),
          new AttemptTracing(SpanExporter.OFF));

  private Uni<Long> settle(Settlement settlement) {
    settlements.add(settlement);
    return Uni.createFrom().item(answer);
  }

  @Test
  void removes_what_was_sent_and_needs_its_cancel_topic_no_more() {
    assertInstanceOf(Disposition.Remove.class, write(new Outcome.Sent(ACCEPTED)));
    assertEquals("sent", settlements.get(0).outcome());
    assertEquals(List.of("1-1"), ended);
    assertEquals(1, metrics.queue("q").get(QueueMetrics.Count.ENQUEUED));
  }

  @Test
  void keeps_the_cancel_topic_of_a_duplicate_for_the_earlier_mail_has_it() {
    assertInstanceOf(Disposition.Remove.class, write(new Outcome.Skipped(Reason.DUPLICATE)));
    assertEquals(List.of(), ended);
    write(new Outcome.Skipped(Reason.EXPIRED));
    assertEquals(List.of("1-1"), ended);
  }

  @Test
  void schedules_what_is_not_due_with_its_history_as_it_was() {
    answer = 9_000;
    Disposition.Schedule schedule =
        assertInstanceOf(
            Disposition.Schedule.class, write(new Outcome.Scheduled(Instant.ofEpochMilli(9_000))));
    assertEquals("=9000", schedule.due().notation());
    assertTrue(text(schedule.parked()).contains("\n{\"from\""));
    assertEquals(List.of(9_000L), due);
    assertEquals(List.of(), ended);
  }

  @Test
  void schedules_what_is_deferred_with_what_the_server_said() {
    Disposition.Schedule schedule =
        assertInstanceOf(
            Disposition.Schedule.class,
            write(new Outcome.Deferred(Reason.CONNECTION, Duration.ofSeconds(5), false, LOST)));
    assertEquals("+5000", schedule.due().notation());
    assertTrue(text(schedule.parked()).contains("no route"), text(schedule.parked()));
  }

  @Test
  void parks_what_was_not_tried_with_its_history_as_it_was_and_counts_it_as_nothing_else() {
    answer = 9_000;
    Disposition.Schedule schedule =
        assertInstanceOf(
            Disposition.Schedule.class, write(new Outcome.Parked(Duration.ofSeconds(5))));
    assertEquals("+5000", schedule.due().notation());
    assertTrue(text(schedule.parked()).startsWith("1-1\n{\"from\""), text(schedule.parked()));
    assertEquals(List.of(), settlements.get(0).fields());
    assertEquals(List.of(9_000L), due);
    assertEquals(0, metrics.queue("q").get(QueueMetrics.Count.SCHEDULED));
    assertEquals(0, metrics.queue("q").get(QueueMetrics.Count.DEFERRED));
  }

  @Test
  void makes_dead_and_held_mail_dead_letters_with_their_reason() {
    Disposition.DeadLetter dead =
        assertInstanceOf(
            Disposition.DeadLetter.class,
            write(new Outcome.Dead(Reason.INVALID, "/to", "no recipient", Optional.empty())));
    assertEquals(Kind.DEAD, dead.kind());
    assertEquals(
        List.of("reason", "invalid", "pointer", "/to", "detail", "no recipient"),
        dead.fields().subList(0, 6).stream().map(OutcomeWriterTest::text).toList());
    Disposition.DeadLetter held =
        assertInstanceOf(Disposition.DeadLetter.class, write(new Outcome.Held(LOST)));
    assertEquals(Kind.HELD, held.kind());
    assertEquals("unknown", text(held.fields().get(1)));
  }

  @Test
  void counts_and_follows_up_nothing_that_another_worker_has_reclaimed() {
    answer = 0;
    write(new Outcome.Sent(ACCEPTED));
    assertEquals(List.of(), ended);
    assertEquals(0, metrics.queue("q").get(QueueMetrics.Count.ENQUEUED));
  }

  private Disposition write(Outcome outcome) {
    Attempt attempt = TestMails.attempt(TestMails.entry("q", "1-1")).withOutcome(outcome);
    writer.settle(attempt).await().indefinitely();
    return settlements.get(settlements.size() - 1).disposition();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
