package dev.postrider.delivery.vertxmail;

import dev.postrider.delivery.AddressMasking;
import dev.postrider.delivery.Refusals;
import dev.postrider.mail.Reaction;
import dev.postrider.mail.Receipt.Answer;
import dev.postrider.mail.Receipt.Fate;
import dev.postrider.mail.ReplyMeaning;
import dev.postrider.mail.Scope;
import dev.postrider.smtp.Phase;
import dev.postrider.smtp.Reply;
import io.vertx.ext.mail.SMTPException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * Reads the failures of vertx-mail-client. Only a refused connection is surely not sent; any other
 * loss may have come after the final dot, for the client does not say.
 */
final class VertxMailFailures {

  /** Code and the character after it, before the text of a line. */
  private static final int CODE_LENGTH = 4;

  private static final ReplyMeaning NO_CONNECTION =
      new ReplyMeaning(Scope.ROUTE, Reaction.RECONNECT, Optional.empty(), "no connection");

  private VertxMailFailures() {}

  static Answer answer(int place, Refusals refusals, Throwable failure) {
    if (failure instanceof SMTPException refusal && refusal.getReplyCode() > 0) {
      return refused(place, refusals, refusal);
    }
    boolean neverConnected =
        failure instanceof ConnectException || failure instanceof UnknownHostException;
    return new Answer(
        place,
        neverConnected ? Fate.NOT_SENT : Fate.UNKNOWN,
        neverConnected ? "connecting" : "dot",
        Optional.empty(),
        AddressMasking.mask(String.valueOf(failure.getMessage())),
        neverConnected ? Optional.of(NO_CONNECTION) : Optional.empty());
  }

  private static Answer refused(int place, Refusals refusals, SMTPException refusal) {
    List<String> lines = refusal.getReplyMessages().stream().map(VertxMailFailures::text).toList();
    Reply reply = Reply.of(refusal.getReplyCode(), lines.isEmpty() ? List.of("") : lines);
    Phase phase = phase(refusal);
    return refusals.answer(place, phase, command(phase, refusal), reply);
  }

  private static String text(String line) {
    return line.length() > CODE_LENGTH ? line.substring(CODE_LENGTH) : "";
  }

  private static Phase phase(SMTPException refusal) {
    String message = String.valueOf(refusal.getMessage());
    if (message.startsWith("AUTH") || message.contains("authentication")) {
      return Phase.AUTHENTICATING;
    }
    if (message.startsWith("got error response")) {
      return Phase.GREETING;
    }
    return message.startsWith("sending data failed") ? Phase.DOT : Phase.ENVELOPE;
  }

  /** In the envelope the client's words name the command. */
  private static String command(Phase phase, SMTPException refusal) {
    if (phase == Phase.DOT) {
      return ".";
    }
    String message = String.valueOf(refusal.getMessage());
    if (message.startsWith("DATA command")) {
      return "DATA";
    }
    return message.startsWith("sender address") ? "MAIL" : "RCPT";
  }
}
