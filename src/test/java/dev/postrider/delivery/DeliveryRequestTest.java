package dev.postrider.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.postrider.delivery.DeliveryRequest.Recipient;
import dev.postrider.mail.DoneRecipients;
import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.MailLimits;
import dev.postrider.mail.json.MailCodec;
import dev.postrider.mime.Stamp;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DeliveryRequestTest {

  private static final String MAIL =
      """
      {"from":"a@b.test","text":"x",
       "to":["ana@example.test","Ana <ana@EXAMPLE.Test>","Ana@example.test"],
       "cc":["ana@bücher.test","ana@xn--bcher-kva.test","ana@XN--BCHER-KVA.test"],
       "bcc":["ben@example.test","ANA@example.test","ana@example.test"]}
      """;

  @Test
  void sends_to_each_address_once_whatever_the_case_of_its_domain() throws InvalidMail {
    assertEquals(
        List.of(
            new Recipient(0, "ana@example.test"),
            new Recipient(1, "Ana@example.test"),
            new Recipient(2, "ana@xn--bcher-kva.test"),
            new Recipient(3, "ben@example.test"),
            new Recipient(4, "ANA@example.test")),
        request(DoneRecipients.NONE).recipients());
  }

  @Test
  void keeps_the_places_of_those_who_are_done() throws InvalidMail {
    DoneRecipients done = new DoneRecipients(Set.of(0, 3), Map.of(1, 550));

    assertEquals(
        List.of(new Recipient(2, "ana@xn--bcher-kva.test"), new Recipient(4, "ANA@example.test")),
        request(done).recipients());
  }

  private static DeliveryRequest request(DoneRecipients done) throws InvalidMail {
    return new DeliveryRequest(
        new MailCodec(MailLimits.STANDARD).decode(MAIL.getBytes(StandardCharsets.UTF_8)),
        new Stamp("1-0", Instant.EPOCH),
        done,
        () -> Future.succeededFuture(true),
        () -> true);
  }
}
