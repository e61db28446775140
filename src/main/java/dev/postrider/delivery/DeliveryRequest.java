package dev.postrider.delivery;

import dev.postrider.mail.Address;
import dev.postrider.mail.Mail;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A mail ready to be handed over.
 *
 * @param stampId gives it its Message-ID; two mails never share one
 * @param mail what is sent
 * @param date when it was written, in ms; the same on every attempt
 * @param done places of recipients whose server has it already
 * @param stillValid asked again if the letter waited for its connection
 * @param sendPermission whether its end may leave
 */
public record DeliveryRequest(
    String stampId,
    Mail mail,
    long date,
    Set<Integer> done,
    Supplier<Uni<Boolean>> stillValid,
    SendPermission sendPermission) {

  /** A recipient and its place in the envelope. */
  public record Recipient(int place, String address) {}

  /** True if a name in the header is written as raw UTF-8; of domains there is an ASCII form. */
  boolean needsSmtpUtf8() {
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

  /** Recipients still to be tried: to, cc, bcc in order, each address once. */
  public List<Recipient> recipients() {
    Set<String> addresses = new LinkedHashSet<>();
    for (List<Address> field : List.of(mail.to(), mail.cc(), mail.bcc())) {
      for (Address recipient : field) {
        addresses.add(recipient.address());
      }
    }
    List<Recipient> recipients = new ArrayList<>(addresses.size());
    int place = 0;
    for (String address : addresses) {
      if (!done.contains(place)) {
        recipients.add(new Recipient(place, address));
      }
      place++;
    }
    return recipients;
  }
}
