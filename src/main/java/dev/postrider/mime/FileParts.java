package dev.postrider.mime;

import dev.postrider.mail.Attachment;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Turns attachments into parts: base64, whatever they are, and the bytes come out unaltered. */
final class FileParts {

  private final Boundaries boundaries;

  FileParts(Boundaries boundaries) {
    this.boundaries = boundaries;
  }

  /**
   * @param disposition {@code inline} or {@code attachment}
   */
  Leaf of(Attachment attachment, String disposition) {
    Leaf.FileFields fields =
        new Leaf.FileFields(disposition, attachment.filename(), attachment.contentId());
    return isComposite(attachment.contentType())
        ? composite(attachment, fields)
        : base64(attachment.contentType(), attachment, fields);
  }

  private static boolean isComposite(String type) {
    return type.startsWith("message/") || type.startsWith("multipart/");
  }

  /**
   * RFC 2046 §5.2.1 and §5.1 forbid base64 for a message within a message. One that is not fit to
   * be sent as it is travels as a mere file, which keeps every byte.
   */
  private Leaf composite(Attachment attachment, Leaf.FileFields fields) {
    String text = new String(attachment.content(), StandardCharsets.ISO_8859_1);
    return TextContent.asItIs(text, boundaries)
        .map(content -> new Leaf(attachment.contentType(), content, Optional.of(fields)))
        .orElseGet(() -> base64("application/octet-stream", attachment, fields));
  }

  private static Leaf base64(String type, Attachment attachment, Leaf.FileFields fields) {
    return new Leaf(type, new Base64Lines(attachment.content()), Optional.of(fields));
  }
}
