package dev.postrider.mime;

import java.util.Optional;

/**
 * A part with content, which is not a multipart.
 *
 * @param type Content-Type as it is written, including parameters
 * @param content encoded
 * @param file set if it is an attached file
 */
record LeafPart(String type, Content content, Optional<FileFields> file) implements Part {

  /**
   * Fields that tell a mail client how to show a file.
   *
   * @param disposition {@code inline} or {@code attachment} (RFC 2183 §2)
   * @param filename as the recipient sees it
   * @param contentId a msg-id without angle brackets (RFC 2392)
   */
  record FileFields(String disposition, String filename, Optional<String> contentId) {

    /** Some mail clients read the name from Content-Type only. */
    void writeName(HeaderWriter out) {
      Parameters.writeForOldReaders(out, "name", filename);
    }

    void write(HeaderWriter out) {
      contentId.ifPresent(id -> out.field("Content-ID", '<' + id + '>'));
      out.field("Content-Disposition").word(disposition);
      Parameters.write(out, "filename", filename);
      out.end();
    }
  }

  @Override
  public void writeFields(HeaderWriter out) {
    out.field("Content-Type").words(type);
    file.ifPresent(fields -> fields.writeName(out));
    out.end();
    out.field("Content-Transfer-Encoding", content.encoding());
    file.ifPresent(fields -> fields.write(out));
  }

  @Override
  public void writeContent(ByteSink out) {
    content.write(out);
  }

  @Override
  public int size() {
    return content.size();
  }
}
