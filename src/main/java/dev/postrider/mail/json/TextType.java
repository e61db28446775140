package dev.postrider.mail.json;

import dev.postrider.mail.InvalidMail;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the media type of an alternative: a text type other than those with keys of their own. The
 * content is sent as UTF-8, so this is the only charset; it is added where it is missing.
 */
final class TextType {

  private static final Pattern OTHER = Pattern.compile("text/(?!(?:plain|html)(?:;|$)).*");

  /** The parameter charset of a type in the form of {@link MediaType}. */
  private static final Pattern CHARSET =
      Pattern.compile(
          "[^;]*(?:; [^=]+=(?:\"[^\"]*\"|[^\";]*))*?; charset=\"?(?<charset>[^\";]*)\"?");

  private TextType() {}

  static String parse(String text) throws InvalidMail {
    String type = MediaType.parse(text);
    if (!OTHER.matcher(type).matches()) {
      throw ValueParser.fault(
          "expected a text type such as text/calendar; method=REQUEST: text/plain is the key text,"
              + " text/html the key html, other types are attachments");
    }
    Matcher charset = CHARSET.matcher(type);
    if (!charset.lookingAt()) {
      return type + "; charset=UTF-8";
    }
    if (!charset.group("charset").equalsIgnoreCase("UTF-8")) {
      throw ValueParser.fault("the content is sent as UTF-8: leave the parameter charset out");
    }
    return type;
  }
}
