package dev.postrider.mail;

import java.util.Optional;

/**
 * A file that travels with the mail.
 *
 * @param filename as the recipient sees it, without path or controls
 * @param content its bytes, decoded; never changed after construction
 * @param contentType such as {@code application/pdf}; checked, lower case
 * @param contentId set for an image that the HTML shows by {@code cid:}, without angle brackets
 */
@SuppressWarnings("ArrayRecordComponent") // Copying megabytes to guard against ourselves is waste.
public record Attachment(
    String filename, byte[] content, String contentType, Optional<String> contentId) {

  /**
   * True if the HTML refers to it, so that it belongs beside the HTML and not in a list of files.
   */
  public boolean inline() {
    return contentId.isPresent();
  }
}
