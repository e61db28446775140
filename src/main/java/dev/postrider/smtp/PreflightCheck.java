package dev.postrider.smtp;

import java.util.List;
import java.util.Optional;

/**
 * Refuses a mail that the server cannot accept, before a command is sent. The reply is ours, with
 * the code that RFC 3463 defines for it.
 */
final class PreflightCheck {

  private PreflightCheck() {}

  /**
   * @param size of the content in bytes
   */
  static Optional<SendResult> refusal(Envelope envelope, long size, Capabilities offered) {
    if (envelope.utf8() && !offered.offers("SMTPUTF8")) {
      return refusal(553, "5.6.7 not tried: an address needs SMTPUTF8, which is not offered");
    }
    if (!offered.acceptsSize(size)) {
      return refusal(
          552, "5.3.4 not tried: " + size + " bytes, the server takes " + offered.sizeMax());
    }
    return Optional.empty();
  }

  private static Optional<SendResult> refusal(int code, String text) {
    Reply reply = Reply.of(code, List.of(text));
    return Optional.of(new SendResult.Refused(Phase.ENVELOPE, "MAIL", reply, List.of()));
  }
}
