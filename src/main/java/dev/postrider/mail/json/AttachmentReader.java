package dev.postrider.mail.json;

import dev.postrider.mail.Attachment;
import dev.postrider.mail.InvalidMail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the attachments of a mail, at most {@code max}. */
record AttachmentReader(int max) {

  private static final KnownKeys KEYS =
      new KnownKeys("filename", "content", "content_type", "content_id");

  /** Limit of most file systems. */
  private static final int FILENAME_MAX = 255;

  /** RFC 2046 §4.5.1: bytes of unknown type. */
  private static final String UNKNOWN_BYTES = "application/octet-stream";

  List<Attachment> read(JsonCursor jsonCursor) throws InvalidMail {
    List<Attachment> attachments = new ArrayList<>();
    jsonCursor.enterArray();
    while (jsonCursor.nextElement()) {
      if (attachments.size() == max) {
        throw jsonCursor.invalid("too many attachments: at most " + max);
      }
      attachments.add(readOne(jsonCursor));
    }
    return attachments;
  }

  private static Attachment readOne(JsonCursor jsonCursor) throws InvalidMail {
    String filename = null;
    byte[] content = null;
    String contentType = UNKNOWN_BYTES;
    String contentId = null;
    ObjectReader objectReader = new ObjectReader(jsonCursor, KEYS);
    while (objectReader.next()) {
      switch (objectReader.key()) {
        case "filename" -> filename = filename(jsonCursor);
        case "content" -> content = jsonCursor.largeString(Base64Text::decode);
        case "content_type" -> contentType = jsonCursor.line(MediaType::parse);
        default -> contentId = jsonCursor.line(ContentIds::parse);
      }
    }
    if (filename == null) {
      throw jsonCursor.missing("filename", "missing: give the file name that the recipient sees");
    }
    if (content == null) {
      throw jsonCursor.missing("content", "missing: give the file's bytes in base64");
    }
    return new Attachment(filename, content, contentType, Optional.ofNullable(contentId));
  }

  private static String filename(JsonCursor jsonCursor) throws InvalidMail {
    String name = jsonCursor.line(1, FILENAME_MAX);
    if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
      throw jsonCursor.invalid("a path: give the name alone, without / and \\");
    }
    if (name.isBlank() || name.equals(".") || name.equals("..")) {
      throw jsonCursor.invalid("not a file name");
    }
    return name;
  }
}
