package dev.postrider.delivery.vertxmail;

import dev.postrider.delivery.DeliveryRequest;
import dev.postrider.mime.Composer;
import dev.postrider.mime.Stamp;
import io.vertx.core.MultiMap;
import io.vertx.ext.mail.MailMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Writes a letter as the stock client wants it, for one recipient. Our own composer writes it, and
 * the client is given header and body as they are: left to itself it would fold with bare line
 * feeds, let line breaks into headers, and choose a new boundary for each attempt.
 */
final class VertxMailMessages {

  private static final String END_OF_HEADER = "\r\n\r\n";

  private final Composer composer = new Composer();

  /** The header names everybody, the envelope only the recipient. */
  MailMessage write(DeliveryRequest deliveryRequest, String recipient) {
    Stamp stamp =
        new Stamp(deliveryRequest.stampId(), Instant.ofEpochMilli(deliveryRequest.date()));
    String composed = ascii(composer.compose(deliveryRequest.mail(), stamp));
    int end = composed.indexOf(END_OF_HEADER);
    return new MailMessage()
        .setFrom(deliveryRequest.mail().from().address())
        .setBounceAddress(deliveryRequest.mail().sender())
        .setTo(recipient)
        .setFixedHeaders(true)
        .setHeaders(fields(composed.substring(0, end)))
        .setText(composed.substring(end + END_OF_HEADER.length()).replace("\r\n", "\n"));
  }

  private static MultiMap fields(String header) {
    MultiMap fields = MultiMap.caseInsensitiveMultiMap();
    for (String field : header.split("\r\n(?![ \t])")) {
      int colon = field.indexOf(':');
      fields.add(field.substring(0, colon), field.substring(colon + 1).stripLeading());
    }
    return fields;
  }

  private static String ascii(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
