package dev.postrider.mime;

import java.util.List;

/**
 * A multipart: several parts between boundaries (RFC 2046 §5.1).
 *
 * @param type Content-Type with its parameters, except the boundary
 * @param boundary never a prefix of another one, never in the content
 * @param parts at least one, in order
 */
record Multipart(String type, String boundary, List<Part> parts) implements Part {

  /** Estimated size of the fields and boundary of one part. */
  private static final int FIELD_BYTES_EXPECTED = 256;

  @Override
  public void writeFields(HeaderWriter out) {
    out.field("Content-Type").words(type).mark(';').word("boundary=\"" + boundary + '"').end();
  }

  @Override
  public void writeContent(ByteSink out) {
    for (Part part : parts) {
      delimiter(out);
      out.lineBreak();
      part.write(out);
      out.lineBreak(); // belongs to the next delimiter: RFC 2046 §5.1.1
    }
    delimiter(out);
    out.ascii("--");
  }

  private void delimiter(ByteSink out) {
    out.ascii("--");
    out.ascii(boundary);
  }

  @Override
  public int size() {
    return parts.stream().mapToInt(Part::size).sum() + FIELD_BYTES_EXPECTED * (parts.size() + 1);
  }
}
