package dev.postrider.mail;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads tags or metadata: words for the producer's own use, values of at most {@code valueMax}. */
record Labels(int valueMax) {

  private static final int LABELS_MAX = 16;
  private static final int KEY_MAX = 64;

  Map<String, String> read(Cursor cursor) throws InvalidMail {
    Map<String, String> labels = new LinkedHashMap<>();
    cursor.enterObject();
    while (cursor.nextKey()) {
      String key = cursor.key();
      if (key.isEmpty() || !Text.fits(key, KEY_MAX) || !Text.isLine(key)) {
        throw cursor.invalidName("a key: expected 1 to 64 characters without controls");
      }
      if (labels.size() == LABELS_MAX && !labels.containsKey(key)) {
        throw cursor.invalid("too many: at most " + LABELS_MAX);
      }
      if (labels.put(key, cursor.line(0, valueMax)) != null) {
        throw cursor.invalid("given twice: keep one");
      }
    }
    return labels;
  }
}
