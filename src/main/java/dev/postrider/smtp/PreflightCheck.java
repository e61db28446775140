package dev.postrider.smtp;

import dev.postrider.address.AddrSpec;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Refuses what the server cannot accept, before a command is sent: the whole mail, or a recipient
 * alone. The reply is ours, with the code that RFC 3463 defines for it.
 *
 * @param given the envelope with all recipients, in whose order the result is
 * @param envelope the recipients to try
 * @param refusal of the whole mail
 */
record PreflightCheck(Envelope given, Envelope envelope, Optional<SendResult> refusal) {

  private static final Reply NEEDS_SMTPUTF8 =
      Reply.of(553, List.of("5.6.7 not tried: an address needs SMTPUTF8, which is not offered"));

  /**
   * @param size of the content in bytes
   */
  static PreflightCheck of(Envelope given, long size, Capabilities offered) {
    Envelope envelope = given;
    if (given.utf8() && !offered.offers("SMTPUTF8")) {
      List<String> ascii =
          given.recipients().stream().filter(each -> !AddrSpec.needsSmtpUtf8(each)).toList();
      if (given.headerUtf8() || AddrSpec.needsSmtpUtf8(given.sender()) || ascii.isEmpty()) {
        return refused(given, NEEDS_SMTPUTF8);
      }
      envelope = new Envelope(given.sender(), ascii, false);
    }
    if (!offered.acceptsSize(size)) {
      String text = "5.3.4 not tried: " + size + " bytes, the server takes " + offered.sizeMax();
      return refused(given, Reply.of(552, List.of(text)));
    }
    return new PreflightCheck(given, envelope, Optional.empty());
  }

  private static PreflightCheck refused(Envelope given, Reply reply) {
    SendResult refusal = new SendResult.Refused(Phase.ENVELOPE, "MAIL", reply, List.of());
    return new PreflightCheck(given, given, Optional.of(refusal));
  }

  /** The result with our refusals among the server's replies. */
  SendResult complete(SendResult result) {
    return envelope == given ? result : result.match(new Completion());
  }

  /** Adds our refusals, as far as the replies of the server go. */
  private final class Completion implements SendResult.Cases<SendResult> {

    @Override
    public SendResult accepted(SendResult.Accepted accepted) {
      return new SendResult.Accepted(accepted.reply(), all(accepted.recipients()));
    }

    @Override
    public SendResult refused(SendResult.Refused refused) {
      return new SendResult.Refused(
          refused.phase(), refused.command(), refused.reply(), all(refused.recipients()));
    }

    @Override
    public SendResult notSent(SendResult.NotSent notSent) {
      return notSent;
    }

    @Override
    public SendResult unknown(SendResult.Unknown unknown) {
      return new SendResult.Unknown(unknown.cause(), unknown.reply(), all(unknown.recipients()));
    }

    private List<Reply> all(List<Reply> replies) {
      List<Reply> all = new ArrayList<>(given.recipients().size());
      Iterator<Reply> next = replies.iterator();
      for (String recipient : given.recipients()) {
        boolean ours = AddrSpec.needsSmtpUtf8(recipient);
        if (!ours && !next.hasNext()) {
          break;
        }
        all.add(ours ? NEEDS_SMTPUTF8 : next.next());
      }
      return all;
    }
  }
}
