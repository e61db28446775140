package dev.postrider.mail.json;

import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.Mail.Alternative;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code alternatives}: further forms of the content, each a text in UTF-8. */
final class AlternativeReader {

  private static final KnownKeys KEYS = new KnownKeys("content_type", "content");
  private static final int ALTERNATIVES_MAX = 4;

  List<Alternative> read(JsonCursor jsonCursor) throws InvalidMail {
    List<Alternative> alternatives = new ArrayList<>();
    jsonCursor.enterArray();
    while (jsonCursor.nextElement()) {
      if (alternatives.size() == ALTERNATIVES_MAX) {
        throw jsonCursor.invalid("too many alternatives: at most " + ALTERNATIVES_MAX);
      }
      alternatives.add(readOne(jsonCursor));
    }
    return alternatives;
  }

  private static Alternative readOne(JsonCursor jsonCursor) throws InvalidMail {
    String contentType = null;
    String content = null;
    ObjectReader objectReader = new ObjectReader(jsonCursor, KEYS);
    while (objectReader.next()) {
      if (objectReader.key().equals("content")) {
        content = jsonCursor.text();
      } else {
        contentType = jsonCursor.line(TextType::parse);
      }
    }
    if (contentType == null) {
      throw jsonCursor.missing(
          "content_type", "missing: give a text type such as text/calendar; method=REQUEST");
    }
    if (content == null) {
      throw jsonCursor.missing("content", "missing: give the text itself");
    }
    return new Alternative(contentType, content);
  }
}
