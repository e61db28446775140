package dev.postrider.smtp;

import java.util.List;
import java.util.Optional;

/**
 * Finds what the server is bound to refuse, before it costs a round trip or a content. The refusal
 * is ours, in the words that RFC 3463 has for it.
 */
final class PreflightCheck {

  private PreflightCheck() {}

  static Optional<SendResult> refusal(
      AsciiEnvelope asciiEnvelope, long size, Capabilities offered) {
    if (asciiEnvelope.utf8() && !offered.offers("SMTPUTF8")) {
      return refusal(553, "5.6.7 not tried: an address needs SMTPUTF8, which is not offered");
    }
    if (!offered.acceptsSize(size)) {
      return refusal(
          552, "5.3.4 not tried: " + size + " octets, the server takes " + offered.sizeMax());
    }
    return Optional.empty();
  }

  /** A domain that has no ASCII form. */
  static SendResult badDomain() {
    return refusal(553, "5.1.2 not tried: a domain of the envelope has no ASCII form")
        .orElseThrow();
  }

  private static Optional<SendResult> refusal(int code, String text) {
    Reply reply = Reply.of(code, List.of(text));
    return Optional.of(new SendResult.Refused(Phase.ENVELOPE, "MAIL", reply, List.of()));
  }
}
