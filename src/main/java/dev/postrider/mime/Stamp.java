package dev.postrider.mime;

import java.time.Instant;

/**
 * What a mail gets once and keeps on every attempt, so that a copy is byte for byte the same.
 *
 * @param id names the mail: the left part of its Message-ID and the root of its boundaries; 1 to
 *     {@value #ID_MAX} printable ASCII characters without a space
 * @param date what the Date field says, written in the mail's time zone
 */
public record Stamp(String id, Instant date) {

  /** Three times as many and the longest domain still fit into a line (RFC 5322 §2.1.1). */
  private static final int ID_MAX = 200;

  /**
   * @throws IllegalArgumentException if the id cannot name a mail
   */
  public Stamp {
    if (id.length() > ID_MAX || !Characters.isToken(id.replace(':', '.'))) {
      throw new IllegalArgumentException(
          "The id of a mail must be 1 to " + ID_MAX + " printable characters: it was not composed");
    }
  }
}
