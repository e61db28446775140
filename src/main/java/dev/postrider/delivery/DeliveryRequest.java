package dev.postrider.delivery;

import dev.postrider.address.AddrSpec;
import dev.postrider.mail.Address;
import dev.postrider.mail.DoneRecipients;
import dev.postrider.mail.Mail;
import dev.postrider.mime.Stamp;
import dev.postrider.smtp.FinalDotGate;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One mail for a transport, and what must be asked before it is sent.
 *
 * @param stamp its Message-ID and date, the same on every attempt
 * @param done recipients that have it already or were refused for good
 * @param stillValid asked if it waited for its connection; false and it is not sent
 * @param gate whether its final dot may leave
 */
public record DeliveryRequest(
    Mail mail,
    Stamp stamp,
    DoneRecipients done,
    Supplier<Future<Boolean>> stillValid,
    FinalDotGate gate) {

  /**
   * A recipient.
   *
   * @param index in the envelope, from 0
   */
  public record Recipient(int index, String address) {}

  /** True if a name in the header is written as raw UTF-8; of domains there is an ASCII form. */
  public boolean needsSmtpUtf8() {
    return mail.from().needsSmtpUtf8()
        || anyNeedsSmtpUtf8(mail.to())
        || anyNeedsSmtpUtf8(mail.cc())
        || anyNeedsSmtpUtf8(mail.replyTo());
  }

  private static boolean anyNeedsSmtpUtf8(List<Address> addresses) {
    for (Address address : addresses) {
      if (address.needsSmtpUtf8()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Recipients still to be tried: to, cc, bcc in order, each address once. Domains are compared
   * without case, local parts with it (RFC 5321 §2.4).
   */
  public List<Recipient> recipients() {
    Set<String> seen = new HashSet<>();
    List<Recipient> recipients = new ArrayList<>();
    for (List<Address> field : List.of(mail.to(), mail.cc(), mail.bcc())) {
      for (Address recipient : field) {
        boolean first = seen.add(AddrSpec.comparable(recipient.address()));
        if (first && !done.contains(seen.size() - 1)) {
          recipients.add(new Recipient(seen.size() - 1, recipient.address()));
        }
      }
    }
    return recipients;
  }
}
