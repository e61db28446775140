package dev.postrider.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The replies to the envelope of one mail, and what they decide. */
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

  /** The refusal of the whole mail, if the envelope decides it. */
  Optional<SendResult> decidedRefusal() {
    if (refusal != null) {
      return Optional.of(refusal(command, refusal));
    }
    return isComplete() && noneAccepted()
        ? Optional.of(refusal("RCPT", recipients.get(0)))
        : Optional.empty();
  }

  /** Refused after its envelope; a refusal of the envelope comes first. */
  SendResult refusedAfterEnvelope(Phase phase, String refusedCommand, Reply reply) {
    return decidedRefusal()
        .orElseGet(() -> new SendResult.Refused(phase, refusedCommand, reply, recipients()));
  }

  SendResult accepted(Reply reply) {
    return new SendResult.Accepted(reply, recipients());
  }

  /** The server did not say whether it accepted the mail; {@code reply} came instead. */
  SendResult unknown(String cause, Reply reply) {
    return new SendResult.Unknown(cause, Optional.of(reply), recipients());
  }

  /** The connection was lost; a refusal of the envelope comes first. */
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
