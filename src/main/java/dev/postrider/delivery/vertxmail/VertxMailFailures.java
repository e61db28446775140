package dev.postrider.delivery.vertxmail;

import dev.postrider.delivery.AddressMasking;
import dev.postrider.mail.Receipt.Answer;
import dev.postrider.mail.Receipt.Fate;
import dev.postrider.mail.Receipt.ServerReply;
import io.vertx.ext.mail.SMTPException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the failures of vertx-mail-client. Only a refused connection is surely not sent; any other
 * loss may have come after the final dot, for the client does not say.
 */
final class VertxMailFailures {

  private static final Pattern ENHANCED = Pattern.compile("([245]\\.\\d{1,3}\\.\\d{1,3})[ -]?(.*)");

  private VertxMailFailures() {}

  static Answer answer(int place, Throwable failure) {
    if (failure instanceof SMTPException refusal && refusal.getReplyCode() > 0) {
      return refused(place, refusal);
    }
    boolean neverConnected =
        failure instanceof ConnectException || failure instanceof UnknownHostException;
    return new Answer(
        place,
        neverConnected ? Fate.NOT_SENT : Fate.UNKNOWN,
        neverConnected ? "connecting" : "dot",
        Optional.empty(),
        AddressMasking.mask(String.valueOf(failure.getMessage())));
  }

  private static Answer refused(int place, SMTPException refusal) {
    List<String> lines = refusal.getReplyMessages();
    String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    String text = last.length() > 4 ? last.substring(4) : last;
    Matcher enhanced = ENHANCED.matcher(text);
    ServerReply reply =
        enhanced.matches()
            ? new ServerReply(
                refusal.getReplyCode(),
                Optional.of(enhanced.group(1)),
                AddressMasking.mask(enhanced.group(2)))
            : new ServerReply(refusal.getReplyCode(), Optional.empty(), AddressMasking.mask(text));
    return new Answer(place, Fate.REFUSED, phase(refusal), Optional.of(reply), "");
  }

  private static String phase(SMTPException refusal) {
    String message = String.valueOf(refusal.getMessage());
    if (message.startsWith("AUTH") || message.contains("authentication")) {
      return "authenticating";
    }
    if (message.startsWith("got error response")) {
      return "greeting";
    }
    return message.startsWith("sending data failed") ? "dot" : "envelope";
  }
}
