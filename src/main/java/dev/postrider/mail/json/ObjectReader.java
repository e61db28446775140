package dev.postrider.mail.json;

import dev.postrider.mail.InvalidMail;

/** Reads an object with known keys: no other key, no key twice. */
final class ObjectReader {

  private final JsonCursor jsonCursor;
  private final KnownKeys knownKeys;
  private String key;
  private int index;
  private long seen;

  /** Starts at the object that is the cursor's current value. */
  ObjectReader(JsonCursor jsonCursor, KnownKeys knownKeys) throws InvalidMail {
    this.jsonCursor = jsonCursor;
    this.knownKeys = knownKeys;
    jsonCursor.enterObject();
  }

  /** Moves to the next value; false at the end of the object. */
  boolean next() throws InvalidMail {
    if (!jsonCursor.nextKey()) {
      return false;
    }
    key = jsonCursor.key();
    index = knownKeys.indexOf(key);
    if (index < 0) {
      throw unknown();
    }
    if ((seen & 1L << index) != 0) {
      throw jsonCursor.invalid("given twice: keep one");
    }
    seen |= 1L << index;
    return true;
  }

  String key() {
    return key;
  }

  /** Index of the key among the known ones. */
  int index() {
    return index;
  }

  private InvalidMail unknown() {
    return jsonCursor.invalid(
        knownKeys
            .nearest(key)
            .map("unknown key; did you mean %s?"::formatted)
            .orElse("unknown key: remove it"));
  }
}
