package dev.postrider.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.postrider.mail.Address;
import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.Outcome;
import dev.postrider.mail.Reason;
import dev.postrider.mail.Receipt;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counting: right, and for nothing. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EngineMetricsTest {

  private static final int MAILS = 200_000;

  private final EngineMetrics engineMetrics =
      new EngineMetrics(List.of("default"), List.of("default"));

  @ParameterizedTest
  @CsvSource({
    "ana@gmail.com, GMAIL",
    "ana@GoogleMail.com, GMAIL",
    "Ana <ana@Hotmail.com>, OUTLOOK",
    "ana@yahoo.co.uk, YAHOO",
    "\"gmail.com\"@example.test, OTHER",
    "gmail.com@example.test, OTHER",
    "ana@notgmail.com, OTHER",
    "ana@gmail.com.example.test, OTHER",
    "ana@mail.gmail.com, OTHER"
  })
  void tells_the_provider_by_the_domain_alone(String recipient, MailboxProvider mailboxProvider)
      throws InvalidMail {
    assertEquals(mailboxProvider, MailboxProvider.of(Address.parse(recipient)));
  }

  @ParameterizedTest
  @CsvSource({
    "TRANSIENT, 451, TRANSIENT, 2",
    "TRANSIENT, 552, TRANSIENT, 3",
    "THROTTLED, 421, THROTTLED, 2",
    "ROUTE_DOWN, 535, ROUTE_DOWN, 3",
    "CONNECTION, 0, CONNECTION, 0",
    "CONNECTION, 354, CONNECTION, 0"
  })
  void classes_an_attempt_by_its_verdict_and_its_reply(
      Reason reason, int code, AttemptLabel result, int replyClass) {
    Receipt receipt = receipt(Receipt.Fate.REFUSED, code);
    Outcome outcome = new Outcome.Deferred(reason, Duration.ofSeconds(1), true, receipt);
    engineMetrics.attempted("default", MailboxProvider.OTHER, outcome, receipt, 1);
    assertEquals(
        1,
        engineMetrics
            .queue("default")
            .route("default")
            .attempts(MailboxProvider.OTHER, result, replyClass),
        reason.word());
  }

  @Test
  void classes_a_refusal_for_good_and_the_loss_of_an_answer() {
    Receipt refused = receipt(Receipt.Fate.REFUSED, 550);
    Outcome dead = new Outcome.Dead(Reason.REFUSED, "", "", Optional.of(refused));
    assertEquals(AttemptLabel.PERMANENT, AttemptLabel.of(dead, refused));
    Receipt lost = receipt(Receipt.Fate.UNKNOWN, 0);
    assertEquals(AttemptLabel.UNKNOWN, AttemptLabel.of(new Outcome.Held(lost), lost));
    Outcome again = new Outcome.Deferred(Reason.CONNECTION, Duration.ofSeconds(1), true, lost);
    assertEquals(AttemptLabel.UNKNOWN, AttemptLabel.of(again, lost));
  }

  @Test
  void puts_a_duration_into_the_first_bucket_that_holds_it() {
    Histogram one = new Histogram(List.of(0.001, 1.0));
    Histogram other = new Histogram(List.of(0.001, 1.0));
    one.record(-5);
    one.record(1_000_000);
    other.record(1_000_001);
    other.record(2_000_000_000);
    Histogram.Totals totals = Histogram.sum(List.of(one, other));
    assertEquals(List.of(2L, 1L, 1L), totals.counts());
    assertEquals(2.002000001, totals.seconds(), 1e-9);
  }

  @Test
  void measures_the_time_to_the_end_of_mail_that_ended_only() {
    QueueMetrics queue = engineMetrics.queue("default");
    Receipt receipt = receipt(Receipt.Fate.REFUSED, 451);
    queue.settled(new Outcome.Sent(receipt), 20);
    queue.settled(new Outcome.Skipped(Reason.EXPIRED), 20);
    queue.settled(new Outcome.Deferred(Reason.TRANSIENT, Duration.ZERO, true, receipt), 20);
    assertEquals(1, queue.get(QueueMetrics.Count.SENT));
    assertEquals(1, queue.get(QueueMetrics.Count.SKIPPED));
    assertEquals(1, queue.get(QueueMetrics.Count.DEFERRED));
    long ended =
        Histogram.sum(List.of(queue.untilEnd())).counts().stream().mapToLong(Long::longValue).sum();
    assertEquals(2, ended);
  }

  @Test
  void takes_no_memory_for_a_mail() throws InvalidMail {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    assumeTrue(threads.isThreadAllocatedMemorySupported(), "this JVM counts no allocated memory");
    Address recipient = Address.parse("ana@example.test");
    Receipt receipt = receipt(Receipt.Fate.ACCEPTED, 250);
    Outcome sent = new Outcome.Sent(receipt);
    count(recipient, sent, receipt);
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    long startedAt = System.nanoTime();
    count(recipient, sent, receipt);
    long took = (System.nanoTime() - startedAt) / MAILS;
    long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    System.getLogger("meters").log(System.Logger.Level.INFO, "{0} ns for a mail", took);
    assertTrue(bytes < MAILS, bytes + " bytes for " + MAILS + " mails");
  }

  private void count(Address recipient, Outcome outcome, Receipt receipt) {
    for (int mail = 0; mail < MAILS; mail++) {
      engineMetrics.attempted(
          "default", MailboxProvider.of(recipient), outcome, receipt, 12_000_000L + mail);
      QueueMetrics queue = engineMetrics.queue("default");
      queue.waited(mail);
      queue.add(QueueMetrics.Count.ENQUEUED, 1);
      queue.settled(outcome, mail % 100);
    }
  }

  private static Receipt receipt(Receipt.Fate fate, int code) {
    Optional<Receipt.ServerReply> reply =
        code == 0
            ? Optional.empty()
            : Optional.of(new Receipt.ServerReply(code, Optional.empty(), "words"));
    return new Receipt("default", List.of(new Receipt.Answer(0, fate, "envelope", reply, "")));
  }
}
