package dev.postrider.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the server said to the envelope of one mail, and what that decides. */
final class EnvelopeReplies {

  private final int expected;
  private final List<Reply> recipients;
  private String command;
  private Reply refusal;
  private int accepted;

  EnvelopeReplies(int expected) {
    this.expected = expected;
    this.recipients = new ArrayList<>(expected);
  }

  /** A command on which the whole mail depends was refused; the first one decides. */
  void refused(String refusedCommand, Reply reply) {
    if (refusal == null) {
      command = refusedCommand;
      refusal = reply;
    }
  }

  void addRecipient(Reply reply) {
    recipients.add(reply);
    if (reply.positive()) {
      accepted++;
    }
  }

  int received() {
    return recipients.size();
  }

  boolean isComplete() {
    return recipients.size() == expected;
  }

  boolean noneAccepted() {
    return accepted == 0;
  }

  List<Reply> recipients() {
    return List.copyOf(recipients);
  }

  /** The refusal of the whole mail, if it is decided. */
  Optional<SendResult> decidedRefusal() {
    if (refusal != null) {
      return Optional.of(refusal(command, refusal));
    }
    return isComplete() && noneAccepted()
        ? Optional.of(refusal("RCPT", recipients.get(0)))
        : Optional.empty();
  }

  /** The mail was refused after its envelope; what the envelope decided comes first. */
  SendResult refusedAfterEnvelope(Phase phase, String refusedCommand, Reply reply) {
    return decidedRefusal()
        .orElseGet(() -> new SendResult.Refused(phase, refusedCommand, reply, recipients()));
  }

  SendResult accepted(Reply reply) {
    return new SendResult.Accepted(reply, recipients());
  }

  /** Whether the mail was taken was not said; {@code reply} is what was said instead. */
  SendResult unknown(String cause, Reply reply) {
    return new SendResult.Unknown(cause, Optional.of(reply), recipients());
  }

  /** The connection was lost; what the envelope decided comes first. */
  SendResult lost(Phase phase, String cause) {
    return decidedRefusal().orElseGet(() -> noReply(phase, cause));
  }

  private SendResult noReply(Phase phase, String cause) {
    return phase == Phase.DOT
        ? new SendResult.Unknown(cause, Optional.empty(), recipients())
        : new SendResult.NotSent(phase, cause);
  }

  private SendResult refusal(String refusedCommand, Reply reply) {
    return new SendResult.Refused(Phase.ENVELOPE, refusedCommand, reply, recipients());
  }
}
