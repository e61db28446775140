package dev.postrider.mail.json;

import dev.postrider.mail.InvalidMail;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads tags or metadata, which Postrider only echoes; values have at most {@code valueMax}. */
record LabelReader(int valueMax) {

  private static final int LABELS_MAX = 16;
  private static final int KEY_MAX = 64;

  Map<String, String> read(JsonCursor jsonCursor) throws InvalidMail {
    Map<String, String> labels = new LinkedHashMap<>();
    jsonCursor.enterObject();
    while (jsonCursor.nextKey()) {
      String key = jsonCursor.key();
      if (key.isEmpty() || !Text.fits(key, KEY_MAX) || !Text.isLine(key)) {
        throw jsonCursor.invalidName("a key: expected 1 to 64 characters without controls");
      }
      if (labels.size() == LABELS_MAX && !labels.containsKey(key)) {
        throw jsonCursor.invalid("too many: at most " + LABELS_MAX);
      }
      if (labels.put(key, jsonCursor.line(0, valueMax)) != null) {
        throw jsonCursor.invalid("given twice: keep one");
      }
    }
    return labels;
  }
}
