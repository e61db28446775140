package dev.postrider.worker;

import dev.postrider.mail.Outcome;
import dev.postrider.mail.Reason;
import dev.postrider.mail.Receipt;
import dev.postrider.queue.AttemptHistory;
import dev.postrider.queue.AttemptHistoryCodec;
import dev.postrider.queue.Disposition;
import dev.postrider.queue.deadletter.DeadLetterStream.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where an attempt's mail goes after each outcome, and what is carried along. */
final class Dispositions implements Outcome.Cases<Disposition> {

  private static final Disposition REMOVE = new Disposition.Remove();
  private static final AttemptHistoryCodec CODEC = new AttemptHistoryCodec();

  private final Attempt attempt;

  Dispositions(Attempt attempt) {
    this.attempt = attempt;
  }

  @Override
  public Disposition sent(Outcome.Sent sent) {
    return REMOVE;
  }

  @Override
  public Disposition sentInPart(Outcome.SentInPart sentInPart) {
    return REMOVE;
  }

  @Override
  public Disposition skipped(Outcome.Skipped skipped) {
    return REMOVE;
  }

  @Override
  public Disposition scheduled(Outcome.Scheduled scheduled) {
    return new Disposition.Schedule(
        Disposition.Due.at(scheduled.due()), parked(attempt.checkedHistory()));
  }

  @Override
  public Disposition parked(Outcome.Parked parked) {
    AttemptHistory history =
        parked
            .failed()
            .map(failed -> attempt.checkedHistory().with(failed.receipt(), failed.counted()))
            .orElseGet(attempt::checkedHistory);
    return new Disposition.Schedule(due(parked.delay()), parked(history));
  }

  @Override
  public Disposition deferred(Outcome.Deferred deferred) {
    AttemptHistory history = attempt.checkedHistory().with(deferred.receipt(), deferred.counted());
    return new Disposition.Schedule(due(deferred.delay()), parked(history));
  }

  private Disposition.Due due(Duration delay) {
    return Disposition.Due.in(delay, attempt.mail().flatMap(mail -> mail.terms().expiresAt()));
  }

  @Override
  public Disposition dead(Outcome.Dead dead) {
    return new Disposition.DeadLetter(
        Kind.DEAD, fields(dead.reason(), dead.pointer(), dead.detail(), dead.receipt()));
  }

  @Override
  public Disposition held(Outcome.Held held) {
    return new Disposition.DeadLetter(
        Kind.HELD,
        fields(Reason.UNKNOWN, "", "no answer to the final dot", Optional.of(held.receipt())));
  }

  private static Optional<String> lastReply(Receipt receipt) {
    return receipt.decisiveAnswer().map(Receipt.Answer::line);
  }

  /** History, line feed, JSON: the script cuts at the first line feed and reads neither. */
  private byte[] parked(AttemptHistory history) {
    byte[] head = CODEC.encode(history);
    byte[] mail = attempt.entry().mail().orElseThrow();
    byte[] both = new byte[head.length + 1 + mail.length];
    System.arraycopy(head, 0, both, 0, head.length);
    both[head.length] = '\n';
    System.arraycopy(mail, 0, both, head.length + 1, mail.length);
    return both;
  }

  private List<byte[]> fields(
      Reason reason, String pointer, String detail, Optional<Receipt> receipt) {
    List<byte[]> fields = new ArrayList<>();
    add(fields, "reason", utf8(reason.word()));
    add(fields, "pointer", utf8(pointer));
    add(fields, "detail", utf8(detail));
    receipt.flatMap(Dispositions::lastReply).ifPresent(reply -> add(fields, "reply", utf8(reply)));
    add(fields, "progress", CODEC.encode(receipt.map(this::last).orElse(attempt.attemptHistory())));
    return fields;
  }

  /** An operator may retry it: then not for the recipients that have it. */
  private AttemptHistory last(Receipt receipt) {
    return attempt.checkedHistory().with(receipt, true);
  }

  private static void add(List<byte[]> fields, String name, byte[] value) {
    fields.add(utf8(name));
    fields.add(value);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
