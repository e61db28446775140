package dev.postrider.mime;

import java.time.Instant;

/**
 * Id and date of a mail, the same on every attempt, so that each copy has the same bytes.
 *
 * @param id left part of its Message-ID and root of its boundaries; 1 to {@value #ID_MAX} printable
 *     ASCII characters without a space
 * @param date for the Date field, which is written in the mail's time zone
 */
public record Stamp(String id, Instant date) {

  /** Escaped (three times as long) it fits into a line with any domain (RFC 5322 §2.1.1). */
  private static final int ID_MAX = 200;

  /**
   * @throws IllegalArgumentException if the id is invalid
   */
  public Stamp {
    if (id.length() > ID_MAX || !Characters.isToken(id.replace(':', '.'))) {
      throw new IllegalArgumentException(
          "The id must be 1 to " + ID_MAX + " printable characters: the mail was not composed");
    }
  }
}
