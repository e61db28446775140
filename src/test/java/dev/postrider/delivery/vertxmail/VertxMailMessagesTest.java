package dev.postrider.delivery.vertxmail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.postrider.delivery.DeliveryRequest;
import dev.postrider.mail.DoneRecipients;
import dev.postrider.mail.Mail;
import dev.postrider.mail.MailLimits;
import dev.postrider.mail.json.MailCodec;
import dev.postrider.mime.Composer;
import dev.postrider.mime.Stamp;
import io.vertx.ext.mail.mailencoder.MailEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever mail vertx-mail-client gets, it sends what our own composer wrote. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class VertxMailMessagesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"subject\":\"\",\"text\":\"No subject.\"",
        "\"subject\":\"A\",\"text\":\"A tab\\t, an equals sign =3D, a form feed \\f.\"",
        "\"subject\":\"Grüße\",\"text\":\"Viele Grüße\",\"html\":\"<p>Viele Grüße\"",
        "\"subject\":\"A\",\"text\":\".dot\\r\\n..\\nFrom here\\n\"",
      })
  void sends_what_the_composer_wrote(String members) throws Exception {
    String json = "{\"from\":\"a@acme.test\",\"to\":\"b@example.test\"," + members + "}";
    Mail mail = new MailCodec(MailLimits.STANDARD).decode(json.getBytes(StandardCharsets.UTF_8));
    DeliveryRequest deliveryRequest =
        new DeliveryRequest(
            mail, new Stamp("1-0", Instant.EPOCH), DoneRecipients.NONE, null, () -> true);
    String sent =
        new MailEncoder(
                new VertxMailMessages().write(deliveryRequest, "b@example.test"), "acme.test")
            .encode();
    byte[] composed = new Composer().compose(mail, new Stamp("1-0", Instant.EPOCH));
    String expected = new String(composed, StandardCharsets.UTF_8);
    assertEquals(asTheClientWrites(expected), sent.strip());
  }

  /** It puts the CR in while it writes to the server, and a space into an empty field. */
  private static String asTheClientWrites(String message) {
    return message.replace("\r\n", "\n").replace("Subject:\n", "Subject: \n").strip();
  }
}
