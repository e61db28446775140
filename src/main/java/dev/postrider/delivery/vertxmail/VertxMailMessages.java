package dev.postrider.delivery.vertxmail;

import dev.postrider.delivery.DeliveryRequest;
import dev.postrider.mime.Composer;
import io.vertx.core.MultiMap;
import io.vertx.ext.mail.MailMessage;
import java.nio.charset.StandardCharsets;

/**
 * Makes a message of vertx-mail-client for one recipient. Our own composer writes it, and the
 * client gets header and body as they are: by itself it would fold with bare line feeds, let line
 * breaks into headers, and choose a new boundary for each attempt.
 */
final class VertxMailMessages {

  private static final String END_OF_HEADER = "\r\n\r\n";

  private final Composer composer = new Composer();

  /** The header names all recipients, the envelope only this one. */
  MailMessage write(DeliveryRequest request, String recipient) {
    String composed = ascii(composer.compose(request.mail(), request.stamp()));
    int end = composed.indexOf(END_OF_HEADER);
    return new MailMessage()
        .setFrom(request.mail().from().address())
        .setBounceAddress(request.mail().sender())
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
