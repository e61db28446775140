package dev.postrider.delivery;

import dev.postrider.delivery.DeliveryRequest.Recipient;
import dev.postrider.delivery.reply.ReplyRules;
import dev.postrider.mail.Reaction;
import dev.postrider.mail.Receipt;
import dev.postrider.mail.Receipt.Answer;
import dev.postrider.mail.Receipt.Fate;
import dev.postrider.mail.ReplyMeaning;
import dev.postrider.mail.Scope;
import dev.postrider.smtp.Phase;
import dev.postrider.smtp.Reply;
import dev.postrider.smtp.SendResult;
import dev.postrider.smtp.SendResult.Accepted;
import dev.postrider.smtp.SendResult.NotSent;
import dev.postrider.smtp.SendResult.Refused;
import dev.postrider.smtp.SendResult.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a receipt of what the SMTP engine reports. A recipient that was refused keeps its own
 * reply; all others share the fate of the content.
 */
final class ReceiptBuilder implements SendResult.Cases<ReceiptBuilder.Content> {

  /**
   * The fate of the content, for each recipient that was not refused before.
   *
   * @param command the one that was refused; empty if none was
   * @param lost what a missing reply means
   */
  record Content(
      Fate fate,
      Phase phase,
      String command,
      Optional<Reply> reply,
      String cause,
      Optional<ReplyMeaning> lost,
      List<Reply> recipients) {}

  private static final ReceiptBuilder CASES = new ReceiptBuilder();

  private static final Optional<ReplyMeaning> LOST_BEFORE_ANY_MAIL =
      meaning(Scope.ROUTE, Reaction.RECONNECT, "no connection");

  /** A server may hang up on this very mail: its attempts bound that. */
  private static final Optional<ReplyMeaning> LOST_WITHIN_MAIL =
      meaning(Scope.MAIL, Reaction.RECONNECT, "the connection was lost within this mail");

  private static final Optional<ReplyMeaning> NEEDS_OPERATOR =
      meaning(Scope.ROUTE, Reaction.ROUTE_DOWN, "a setting has to be changed");

  private ReceiptBuilder() {}

  private static Optional<ReplyMeaning> meaning(Scope scope, Reaction reaction, String why) {
    return Optional.of(new ReplyMeaning(scope, reaction, Optional.empty(), why));
  }

  static Receipt of(
      String route, ReplyRules rules, List<Recipient> recipients, SendResult sendResult) {
    if (sendResult instanceof NotSent notSent && !notSent.tried()) {
      return untried(route, recipients, notSent.cause());
    }
    Content content = sendResult.match(CASES);
    Refusals refusals = new Refusals(rules);
    List<Answer> answers = new ArrayList<>(recipients.size());
    for (Recipient recipient : recipients) {
      answers.add(answer(recipient.index(), answers.size(), content, refusals));
    }
    return new Receipt(route, List.copyOf(answers));
  }

  private static Receipt untried(String route, List<Recipient> recipients, String cause) {
    return new Receipt(
        route, recipients.stream().map(recipient -> untried(recipient, cause)).toList());
  }

  private static Answer untried(Recipient recipient, String cause) {
    return new Answer(recipient.index(), Fate.NOT_SENT, Receipt.WAITING, Optional.empty(), cause);
  }

  private static Answer answer(int index, int position, Content content, Refusals refusals) {
    if (position < content.recipients().size()) {
      Reply own = content.recipients().get(position);
      if (own.refusal()) {
        return refusals.answer(index, Phase.ENVELOPE, "RCPT", own);
      }
    }
    return content.fate() == Fate.REFUSED
        ? refusals.answer(index, content.phase(), content.command(), content.reply().orElseThrow())
        : shared(index, content);
  }

  private static Answer shared(int index, Content content) {
    return new Answer(
        index,
        content.fate(),
        Refusals.word(content.phase()),
        content.reply().map(Refusals::plain),
        AddressMasking.mask(content.cause()),
        content.lost());
  }

  private static Content done(
      Fate fate, Phase phase, Optional<Reply> reply, String cause, List<Reply> recipients) {
    return new Content(fate, phase, "", reply, cause, Optional.empty(), recipients);
  }

  @Override
  public Content accepted(Accepted accepted) {
    return done(
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
        refused.command(),
        Optional.of(refused.reply()),
        "",
        Optional.empty(),
        sender ? List.of() : refused.recipients());
  }

  @Override
  public Content notSent(NotSent notSent) {
    boolean within = notSent.phase() == Phase.ENVELOPE || notSent.phase() == Phase.DATA;
    Optional<ReplyMeaning> lost =
        notSent.needsOperator() ? NEEDS_OPERATOR : within ? LOST_WITHIN_MAIL : LOST_BEFORE_ANY_MAIL;
    return new Content(
        Fate.NOT_SENT, notSent.phase(), "", Optional.empty(), notSent.cause(), lost, List.of());
  }

  @Override
  public Content unknown(Unknown unknown) {
    return done(Fate.UNKNOWN, Phase.DOT, unknown.reply(), unknown.cause(), unknown.recipients());
  }
}
