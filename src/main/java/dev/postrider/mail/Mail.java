package dev.postrider.mail;

import dev.postrider.mail.json.MailCodec;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One mail as its producer wrote it: immutable, and valid because {@link MailCodec} checks it.
 *
 * @param id given by the producer; empty means the stream entry's id
 * @param from author; its address is also the envelope sender unless {@code envelopeSender} is set
 * @param to primary recipients, in order
 * @param cc carbon-copy recipients, in order
 * @param bcc recipients that never appear in a header
 * @param replyTo addresses for replies; may be empty
 * @param subject without line breaks, at most 998 characters; may be empty
 * @param body text, HTML or both, and further forms of them
 * @param locale language of the content, emitted as Content-Language (RFC 3282)
 * @param timeZone zone in which the Date field is written; UTC by default
 * @param headers custom header fields, in order; at most 50
 * @param attachments in order; at most 25
 * @param envelopeSender RFC 5321 MAIL FROM, if it is not the address of {@code from}; empty text is
 *     the null reverse-path, for mail without bounces
 * @param terms when and under which conditions it is sent
 * @param tags echoed in events; at most 16
 * @param metadata echoed in events; at most 16
 */
public record Mail(
    Optional<String> id,
    Address from,
    List<Address> to,
    List<Address> cc,
    List<Address> bcc,
    List<Address> replyTo,
    String subject,
    Body body,
    Optional<Locale> locale,
    Optional<ZoneId> timeZone,
    Map<String, String> headers,
    List<Attachment> attachments,
    Optional<String> envelopeSender,
    Terms terms,
    Map<String, String> tags,
    Map<String, String> metadata) {

  public Mail {
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    bcc = List.copyOf(bcc);
    replyTo = List.copyOf(replyTo);
    attachments = List.copyOf(attachments);
    headers = frozen(headers);
    tags = frozen(tags);
    metadata = frozen(metadata);
  }

  /**
   * The content in several forms; at least one of text and HTML is present.
   *
   * @param alternatives further forms, in order; at most 4
   */
  public record Body(Optional<String> text, Optional<String> html, List<Alternative> alternatives) {

    public Body {
      alternatives = List.copyOf(alternatives);
    }
  }

  /**
   * A further form of the content, such as an invitation (RFC 6047).
   *
   * @param contentType a text type such as {@code text/calendar; method=REQUEST; charset=UTF-8}
   * @param content any characters but NUL
   */
  public record Alternative(String contentType, String content) {}

  /**
   * When and under which conditions the mail is sent.
   *
   * @param idempotencyKey accepted once per queue; at most 256 characters
   * @param scheduledAt not before this instant, by Redis's clock
   * @param expiresAt skipped after this instant, by Redis's clock
   * @param onlyIf topic → version that {@code mail:guards} must still have; at most 8
   * @param onUnknown what to do if the connection is lost after the final dot
   * @param route the required route
   */
  public record Terms(
      Optional<String> idempotencyKey,
      Optional<Instant> scheduledAt,
      Optional<Instant> expiresAt,
      Map<String, Long> onlyIf,
      OnUnknown onUnknown,
      Optional<String> route) {

    public Terms {
      onlyIf = frozen(onlyIf);
    }
  }

  /** What to do with a mail if it is unknown whether the server has accepted it. */
  public enum OnUnknown {
    RESEND,
    HOLD
  }

  /** RFC 5321 reverse-path of every attempt. */
  public String sender() {
    return envelopeSender.orElse(from.address());
  }

  /** Map.copyOf does not keep the producer's order. */
  private static <V> Map<String, V> frozen(Map<String, V> map) {
    return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
