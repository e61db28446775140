package dev.postrider.mail;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the files of a mail, at most {@code max}. */
record Attachments(int max) {

  private static final Names KEYS = new Names("filename", "content", "content_type", "content_id");

  /** What a file system can hold. */
  private static final int FILENAME_MAX = 255;

  /** RFC 2046 §4.5.1: bytes of which nothing is known. */
  private static final String UNKNOWN_BYTES = "application/octet-stream";

  List<Attachment> read(Cursor cursor) throws InvalidMail {
    List<Attachment> attachments = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    cursor.enterArray();
    while (cursor.nextElement()) {
      if (attachments.size() == max) {
        throw cursor.invalid("too many attachments: at most " + max);
      }
      attachments.add(readOne(cursor, ids));
    }
    return attachments;
  }

  private static Attachment readOne(Cursor cursor, Set<String> ids) throws InvalidMail {
    String filename = null;
    byte[] content = null;
    String contentType = UNKNOWN_BYTES;
    String contentId = null;
    Members members = new Members(cursor, KEYS);
    while (members.next()) {
      switch (members.key()) {
        case "filename" -> filename = filename(cursor);
        case "content" -> content = cursor.bulk(Base64Text::decode);
        case "content_type" -> contentType = cursor.line(MediaType::parse);
        default -> contentId = contentId(cursor, ids);
      }
    }
    if (filename == null) {
      throw cursor.missing("filename", "missing: name the file as the recipient shall see it");
    }
    if (content == null) {
      throw cursor.missing("content", "missing: give the file's bytes in base64");
    }
    return new Attachment(filename, content, contentType, Optional.ofNullable(contentId));
  }

  private static String filename(Cursor cursor) throws InvalidMail {
    String name = cursor.line(1, FILENAME_MAX);
    if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
      throw cursor.invalid("a path: give the name alone, without / and \\");
    }
    if (name.isBlank() || name.equals(".") || name.equals("..")) {
      throw cursor.invalid("not a file's name");
    }
    return name;
  }

  private static String contentId(Cursor cursor, Set<String> ids) throws InvalidMail {
    String id = cursor.line(Word.CONTENT_ID);
    if (!ids.add(id)) {
      throw cursor.invalid("used by another attachment: each needs its own");
    }
    return id;
  }
}
