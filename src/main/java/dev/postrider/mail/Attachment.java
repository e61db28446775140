package dev.postrider.mail;

import java.util.Optional;

/**
 * An attached file.
 *
 * @param filename as the recipient sees it, without path or controls
 * @param content its bytes, decoded; never changed after construction
 * @param contentType such as {@code application/pdf}; checked, lower case
 * @param contentId set for an image that the HTML shows by {@code cid:}: a msg-id with its domain,
 *     without angle brackets (RFC 2045 §7)
 */
@SuppressWarnings("ArrayRecordComponent") // A defensive copy of megabytes costs too much.
public record Attachment(
    String filename, byte[] content, String contentType, Optional<String> contentId) {

  /** Domain of an id without one: the author's, unless it is an address literal. */
  public static String idDomain(Address from) {
    String domain = from.domain();
    return domain.startsWith("[") ? "localhost" : domain;
  }
}
