package dev.postrider.mime;

/** One node of the MIME tree (RFC 2046): its fields and what stands below them. */
sealed interface Part permits LeafPart, Multipart {

  /** Writes the Content- fields, without the empty line after them. */
  void writeFields(HeaderWriter out);

  /** Writes the content, ending with CRLF only if the content itself does. */
  void writeContent(ByteSink out);

  /** Bytes that the content will take, as nearly as is cheap to know. */
  int size();

  /** Writes the whole part, its fields first. */
  default void write(ByteSink out) {
    HeaderWriter fields = new HeaderWriter(out);
    writeFields(fields);
    fields.finish();
    writeContent(out);
  }
}
