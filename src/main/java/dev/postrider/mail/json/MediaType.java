package dev.postrider.mail.json;

import dev.postrider.mail.InvalidMail;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Parses a Content-Type of RFC 2045 §5.1: {@code type/subtype} and parameters. Type, subtype and
 * parameter names are converted to lower case; blanks around them and empty parameters are dropped.
 *
 * <p>Refused are {@code multipart/*} (it is not a file), {@code message/*} (RFC 2046 §5.2 forbids
 * base64 for most of them) and the parameter {@code name} (use {@code filename}).
 */
final class MediaType {

  private static final int TYPE_MAX = 127;

  /** Keeps the header field short. */
  private static final int LENGTH_MAX = 255;

  private final String text;
  private final StringBuilder read = new StringBuilder();
  private final Set<String> parameters = new HashSet<>();
  private int position;

  private MediaType(String text) {
    this.text = text;
  }

  static String parse(String text) throws InvalidMail {
    if (text.length() > LENGTH_MAX) {
      throw ValueParser.fault("too long: at most " + LENGTH_MAX + " characters");
    }
    return new MediaType(text).read();
  }

  private String read() throws InvalidMail {
    skipSpaces();
    String type = token();
    expect('/');
    String subtype = token();
    if (type.length() > TYPE_MAX || subtype.length() > TYPE_MAX) {
      throw malformed();
    }
    if (type.equals("multipart") || type.equals("message")) {
      throw ValueParser.fault(
          "multipart and message types cannot be attached: use application/octet-stream");
    }
    read.append(type).append('/').append(subtype);
    for (skipSpaces(); position < text.length(); skipSpaces()) {
      expect(';');
      skipSpaces();
      if (position < text.length() && !at(';')) {
        readParameter();
      }
    }
    return read.toString();
  }

  private void readParameter() throws InvalidMail {
    String name = token();
    skipSpaces();
    expect('=');
    skipSpaces();
    if (name.equals("name") || name.startsWith("name*")) {
      throw ValueParser.fault("leave the parameter name out: use filename");
    }
    if (!parameters.add(name)) {
      throw ValueParser.fault("a parameter is given twice: keep one");
    }
    int start = position;
    int end = at('"') ? endOfQuoted() : endOfToken(start);
    read.append("; ").append(name).append('=').append(text, start, end);
  }

  private int endOfToken(int start) throws InvalidMail {
    while (position < text.length() && AsciiSet.TOKEN.contains(text.charAt(position))) {
      position++;
    }
    if (position == start) {
      throw malformed();
    }
    return position;
  }

  private int endOfQuoted() throws InvalidMail {
    for (position++; position < text.length(); position++) {
      char c = text.charAt(position);
      if (c == '"') {
        return ++position;
      }
      if (c > 0x7E || c == '\\') {
        throw malformed();
      }
    }
    throw malformed();
  }

  private String token() throws InvalidMail {
    int start = position;
    return text.substring(start, endOfToken(start)).toLowerCase(Locale.ROOT);
  }

  private void skipSpaces() {
    while (at(' ')) {
      position++;
    }
  }

  private void expect(char c) throws InvalidMail {
    if (!at(c)) {
      throw malformed();
    }
    position++;
  }

  private boolean at(char c) {
    return position < text.length() && text.charAt(position) == c;
  }

  private static InvalidMail malformed() {
    return ValueParser.fault(
        "expected a media type such as application/pdf or text/csv; charset=utf-8");
  }
}
