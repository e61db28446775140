package dev.postrider.dev.inbox;

import java.util.List;
import java.util.Optional;

/**
 * A mail as a person reads it.
 *
 * @param fields of its header, in order
 * @param text the plain part; empty if there is none
 * @param html the HTML part; empty if there is none
 * @param files attached or embedded
 */
record ParsedMail(
    List<Field> fields, Optional<String> text, Optional<String> html, List<File> files) {

  /** One header field, unfolded and decoded. */
  record Field(String name, String value) {}

  /**
   * @param name its file name
   * @param type its media type
   * @param contentId what {@code cid:} addresses name; {@code ""} if it has none
   */
  record File(String name, String type, String contentId, byte[] content) {}

  /** The first field of this name; {@code ""} if there is none. */
  static String field(List<Field> fields, String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .findFirst()
        .orElse("");
  }
}
