package dev.postrider.mail;

/** Walks an object whose keys are known: each at most once, and no other. */
final class Members {

  private final Cursor cursor;
  private final Names names;
  private String key;
  private long seen;

  /** Starts at the object that the cursor stands on. */
  Members(Cursor cursor, Names names) throws InvalidMail {
    this.cursor = cursor;
    this.names = names;
    cursor.enterObject();
  }

  /** Moves to the next value; false at the end of the object. */
  boolean next() throws InvalidMail {
    if (!cursor.nextKey()) {
      return false;
    }
    key = cursor.key();
    int index = names.indexOf(key);
    if (index < 0) {
      throw unknown();
    }
    if ((seen & 1L << index) != 0) {
      throw cursor.invalid("given twice: keep one");
    }
    seen |= 1L << index;
    return true;
  }

  String key() {
    return key;
  }

  private InvalidMail unknown() {
    return cursor.invalid(
        names
            .nearest(key)
            .map("unknown key; did you mean %s?"::formatted)
            .orElse("unknown key: remove it"));
  }
}
