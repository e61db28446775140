package dev.postrider.mail;

import java.util.Optional;

/**
 * An attached file.
 *
 * @param filename as the recipient sees it, without path or controls
 * @param content its bytes, decoded; never changed after construction
 * @param contentType such as {@code application/pdf}; checked, lower case
 * @param contentId set for an image that the HTML shows by {@code cid:}, without angle brackets
 */
@SuppressWarnings("ArrayRecordComponent") // A defensive copy of megabytes costs too much.
public record Attachment(
    String filename, byte[] content, String contentType, Optional<String> contentId) {

  /** True if the HTML refers to it: it is a part beside the HTML, not one of the listed files. */
  public boolean inline() {
    return contentId.isPresent();
  }
}
