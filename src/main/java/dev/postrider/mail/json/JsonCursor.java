package dev.postrider.mail.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.postrider.mail.InvalidMail;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Reads the tokens of one document as typed values. Every fault becomes an {@link InvalidMail} with
 * the pointer of the current value; it contains no value of the document.
 */
final class JsonCursor {

  /** Longest pointer with a valid key: a topic of 128 characters, each escaped as two. */
  private static final int POINTER_MAX = 300;

  private final JsonParser parser;
  private final Utf8Scan source;

  JsonCursor(JsonParser parser, Utf8Scan source) {
    this.parser = parser;
    this.source = source;
  }

  /** Moves to the first value. */
  void start() throws InvalidMail {
    if (advance() == null) {
      throw source.malformed() ? notUtf8() : invalid("empty: expected a JSON object");
    }
  }

  /** Fails if anything follows the value just read. */
  void end() throws InvalidMail {
    if (advance() != null) {
      throw new InvalidMail("", "unexpected content after the JSON object: one entry is one mail");
    }
    if (source.malformed()) {
      throw notUtf8();
    }
  }

  void enterObject() throws InvalidMail {
    expect(JsonToken.START_OBJECT, "an object");
  }

  /** Moves to the next key and on to its value; false at the end of the object. */
  boolean nextKey() throws InvalidMail {
    if (advance() == JsonToken.END_OBJECT) {
      return false;
    }
    String key = key();
    if (source.hasEscapes() && !Text.isWellFormed(key)) {
      throw invalidName("a key with half a surrogate pair: send both halves or none");
    }
    advance();
    return true;
  }

  String key() throws InvalidMail {
    try {
      return parser.currentName();
    } catch (IOException e) {
      throw notJson(e);
    }
  }

  void enterArray() throws InvalidMail {
    expect(JsonToken.START_ARRAY, "an array");
  }

  /** Moves to the next element; false at the end of the array. */
  boolean nextElement() throws InvalidMail {
    return advance() != JsonToken.END_ARRAY;
  }

  boolean atArray() {
    return parser.currentToken() == JsonToken.START_ARRAY;
  }

  boolean atString() {
    return parser.currentToken() == JsonToken.VALUE_STRING;
  }

  boolean atNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  /** A string without control characters. */
  String line() throws InvalidMail {
    return checkedLine(string());
  }

  private String checkedLine(String text) throws InvalidMail {
    if (!Text.isLine(text)) {
      throw invalid("line breaks and control characters are not allowed here: remove them");
    }
    return text;
  }

  /** A line of {@code min} to {@code max} Unicode characters. */
  String line(int min, int max) throws InvalidMail {
    String text = line();
    if (text.length() < min) {
      throw invalid("empty: give it a value or leave the key out");
    }
    if (!Text.fits(text, max)) {
      throw invalid("too long: at most " + max + " characters");
    }
    return text;
  }

  /** A line that has its own syntax. */
  <T> T line(ValueParser<T> valueParser) throws InvalidMail {
    return parse(valueParser, line());
  }

  /** A line that may be folded like a header field (RFC 5322 §2.2.3), unfolded. */
  String foldedLine() throws InvalidMail {
    String text = string();
    return Text.isLine(text) ? text : checkedLine(Text.unfolded(text));
  }

  /** A line that may be folded and has its own syntax. */
  <T> T foldedLine(ValueParser<T> valueParser) throws InvalidMail {
    return parse(valueParser, foldedLine());
  }

  /** A text with any number of lines; only NUL is refused. */
  String text() throws InvalidMail {
    String text = string();
    if (source.hasEscapes() && text.indexOf('\0') >= 0) {
      throw invalid("the character NUL is not allowed: remove it");
    }
    return text;
  }

  /** A string with its own syntax, without the check for control characters. */
  <T> T largeString(ValueParser<T> valueParser) throws InvalidMail {
    return parse(valueParser, string());
  }

  /** A whole number from 0 to 2^63-1. */
  long count() throws InvalidMail {
    expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
    try {
      // A long has at most 19 digits; longer numbers are not parsed.
      if (parser.getTextLength() <= 19
          && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
        long value = parser.getLongValue();
        if (value >= 0) {
          return value;
        }
      }
    } catch (IOException e) {
      throw notJson(e);
    }
    throw invalid("out of range: expected a whole number from 0 to 9223372036854775807");
  }

  /** A fault of the current value. */
  InvalidMail invalid(String message) {
    return new InvalidMail(pointer(), message);
  }

  /** A fault of a key. The pointer is that of its object, because the key may contain anything. */
  InvalidMail invalidName(String message) {
    return new InvalidMail(parentPointer(), message);
  }

  /** A required key that the object just read does not have. */
  InvalidMail missing(String key, String message) {
    return new InvalidMail(pointer() + '/' + key, message);
  }

  /** Pointer of the current value, or of its object if the key must not be shown. */
  private String pointer() {
    JsonPointer path = parser.getParsingContext().pathAsPointer();
    String text = path.toString();
    boolean shown = Text.isLine(text) && Text.isWellFormed(text) && text.length() <= POINTER_MAX;
    return shown ? text : path.head().toString();
  }

  private String parentPointer() {
    return parser.getParsingContext().pathAsPointer().head().toString();
  }

  private <T> T parse(ValueParser<T> valueParser, String text) throws InvalidMail {
    try {
      return valueParser.read(text);
    } catch (InvalidMail fault) {
      throw fault.at(pointer());
    }
  }

  private String string() throws InvalidMail {
    expect(JsonToken.VALUE_STRING, "a string");
    String text;
    try {
      text = parser.getText();
    } catch (IOException e) {
      throw notJson(e);
    }
    if (source.hasEscapes() && !Text.isWellFormed(text)) {
      throw invalid("half a surrogate pair: send both halves or none");
    }
    return text;
  }

  private void expect(JsonToken token, String what) throws InvalidMail {
    JsonToken found = parser.currentToken();
    if (found == JsonToken.VALUE_NULL) {
      throw invalid("expected " + what + ", found null: leave the key out instead");
    }
    if (found != token) {
      throw invalid("expected " + what);
    }
  }

  private JsonToken advance() throws InvalidMail {
    try {
      return parser.nextToken();
    } catch (IOException e) {
      throw notJson(e);
    }
  }

  private InvalidMail notJson(IOException e) {
    // The parser gets only the bytes before the first encoding fault, so that fault is an early
    // end.
    if (e instanceof JsonEOFException && source.malformed()) {
      return notUtf8();
    }
    if (e instanceof StreamConstraintsException) {
      return invalid("nested too deeply, or a key or number too long");
    }
    if (e instanceof JsonProcessingException fault) {
      return invalid("not JSON" + location(fault.getLocation()));
    }
    // The document is in memory: reading cannot fail.
    throw new UncheckedIOException(e);
  }

  private String location(JsonLocation at) {
    return at == null
        ? ""
        : " at line %d, column %d (byte %d)"
            .formatted(at.getLineNr(), at.getColumnNr(), at.getByteOffset());
  }

  private InvalidMail notUtf8() {
    return invalid("not UTF-8 at byte " + source.validLength());
  }
}
