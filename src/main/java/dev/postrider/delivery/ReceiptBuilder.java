package dev.postrider.delivery;

import dev.postrider.delivery.DeliveryRequest.Recipient;
import dev.postrider.mail.Receipt;
import dev.postrider.mail.Receipt.Answer;
import dev.postrider.mail.Receipt.Fate;
import dev.postrider.mail.Receipt.ServerReply;
import dev.postrider.smtp.Phase;
import dev.postrider.smtp.Reply;
import dev.postrider.smtp.SendResult;
import dev.postrider.smtp.SendResult.Accepted;
import dev.postrider.smtp.SendResult.NotSent;
import dev.postrider.smtp.SendResult.Refused;
import dev.postrider.smtp.SendResult.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes a receipt of what the SMTP engine reports. A recipient that was refused keeps its own
 * reply; all others share the fate of the content.
 */
final class ReceiptBuilder implements SendResult.Cases<ReceiptBuilder.Content> {

  /** The fate of the content, for each recipient that was not refused before. */
  record Content(
      Fate fate, Phase phase, Optional<Reply> reply, String cause, List<Reply> recipients) {}

  private static final ReceiptBuilder CASES = new ReceiptBuilder();

  private ReceiptBuilder() {}

  static Receipt of(String route, List<Recipient> recipients, SendResult sendResult) {
    Content content = sendResult.match(CASES);
    List<Answer> answers = new ArrayList<>(recipients.size());
    for (Recipient recipient : recipients) {
      answers.add(answer(recipient.index(), answers.size(), content));
    }
    return new Receipt(route, List.copyOf(answers));
  }

  private static Answer answer(int place, int index, Content content) {
    Optional<Reply> own =
        index < content.recipients().size()
            ? Optional.of(content.recipients().get(index)).filter(Reply::refusal)
            : Optional.empty();
    return own.map(reply -> refused(place, reply)).orElseGet(() -> shared(place, content));
  }

  private static Answer refused(int place, Reply reply) {
    return new Answer(place, Fate.REFUSED, word(Phase.ENVELOPE), Optional.of(plain(reply)), "");
  }

  private static Answer shared(int place, Content content) {
    return new Answer(
        place,
        content.fate(),
        word(content.phase()),
        content.reply().map(ReceiptBuilder::plain),
        AddressMasking.mask(content.cause()));
  }

  private static ServerReply plain(Reply reply) {
    String last = reply.lines().get(reply.lines().size() - 1);
    Optional<String> enhanced = reply.enhanced().map(Object::toString);
    String text =
        enhanced
            .filter(last::startsWith)
            .map(code -> last.substring(code.length()).strip())
            .orElse(last);
    return new ServerReply(reply.code(), enhanced, AddressMasking.mask(text));
  }

  private static String word(Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Content accepted(Accepted accepted) {
    return new Content(
        Fate.ACCEPTED, accepted.phase(), Optional.of(accepted.reply()), "", accepted.recipients());
  }

  @Override
  public Content refused(Refused refused) {
    // Where MAIL is refused, pipelined recipients only get a reply that says so: 503 (RFC 2920
    // §3.1).
    boolean sender = refused.command().equals("MAIL");
    return new Content(
        Fate.REFUSED,
        refused.phase(),
        Optional.of(refused.reply()),
        "",
        sender ? List.of() : refused.recipients());
  }

  @Override
  public Content notSent(NotSent notSent) {
    return new Content(
        Fate.NOT_SENT, notSent.phase(), Optional.empty(), notSent.cause(), List.of());
  }

  @Override
  public Content unknown(Unknown unknown) {
    return new Content(
        Fate.UNKNOWN, Phase.DOT, unknown.reply(), unknown.cause(), unknown.recipients());
  }
}
