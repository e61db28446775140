package dev.postrider.mime;

/** One node of the MIME tree (RFC 2046): its fields and its content. */
sealed interface Part permits LeafPart, Multipart {

  /** Writes the Content- fields, without the empty line after them. */
  void writeFields(HeaderWriter out);

  /** Writes the content, ending with CRLF only if the content itself does. */
  void writeContent(ByteSink out);

  /** Estimated size of the content in bytes. */
  int size();

  /** Writes fields and content. */
  default void write(ByteSink out) {
    HeaderWriter fields = new HeaderWriter(out);
    writeFields(fields);
    fields.finish();
    writeContent(out);
  }
}
