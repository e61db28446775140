package dev.postrider.mail.json;

import dev.postrider.mail.Address;
import dev.postrider.mail.HeaderGrammar;
import dev.postrider.mail.InvalidMail;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the value of a custom header field by its grammar, for the check on acceptance and for the
 * composer. A value in ASCII is written as it is, except {@link HeaderGrammar#MAILBOX}.
 */
public final class HeaderValue {

  /** RFC 5322 §2.1.1: a line has 998 characters; a word on a line of its own has a space before. */
  private static final int WORD_MAX = 997;

  private HeaderValue() {}

  /**
   * @param value without spaces at its ends
   * @throws InvalidMail with an empty pointer, if no header can hold the value
   */
  static void check(HeaderGrammar grammar, String value) throws InvalidMail {
    boolean ascii = Text.isAscii(value);
    if (ascii && longestWord(value) > WORD_MAX) {
      throw ValueParser.fault(
          "a word of more than "
              + WORD_MAX
              + " characters does not fit on a line: put a space in it");
    }
    if (!ascii || grammar == HeaderGrammar.MAILBOX) {
      checkParts(grammar, value);
    }
  }

  private static void checkParts(HeaderGrammar grammar, String value) throws InvalidMail {
    switch (grammar) {
      case MAILBOX -> mailbox(value);
      case MAILBOXES -> mailboxes(value);
      case PHRASES -> phrases(value);
      case LIST_ID -> listId(value);
      case ASCII ->
          throw ValueParser.fault(
              "this field holds ASCII only: percent-encode a URL, remove other characters");
      case TEXT -> {}
    }
  }

  /** The mailbox of {@link HeaderGrammar#MAILBOX}. */
  public static Address mailbox(String value) throws InvalidMail {
    Address address = Address.parseForHeader(value);
    if (address.needsSmtpUtf8()) {
      throw ValueParser.fault("the part before @ must be in ASCII here");
    }
    return address;
  }

  /** The mailboxes of {@link HeaderGrammar#MAILBOXES}. */
  public static List<Address> mailboxes(String value) throws InvalidMail {
    List<Address> addresses = new ArrayList<>();
    for (String one : elements(value)) {
      addresses.add(mailbox(one));
    }
    return addresses;
  }

  /** The phrases of {@link HeaderGrammar#PHRASES}, without quotes. */
  public static List<String> phrases(String value) throws InvalidMail {
    List<String> phrases = new ArrayList<>();
    for (String one : elements(value)) {
      phrases.add(phrase(one));
    }
    return phrases;
  }

  /** The phrase and the identifier, with its brackets, of {@link HeaderGrammar#LIST_ID}. */
  public static List<String> listId(String value) throws InvalidMail {
    int open = value.lastIndexOf('<');
    if (open < 1 || !value.endsWith(">") || !Text.isAscii(value.substring(open))) {
      throw ValueParser.fault(
          "expected a description and an identifier in ASCII, as in Café <cafe.acme.test>");
    }
    return List.of(phrase(value.substring(0, open)), value.substring(open));
  }

  private static String phrase(String text) throws InvalidMail {
    return new DisplayName(text)
        .read()
        .orElseThrow(() -> ValueParser.fault("an empty phrase: remove the comma or the quotes"));
  }

  /** The parts between commas outside quotes. */
  private static List<String> elements(String value) throws InvalidMail {
    List<String> elements = new ArrayList<>();
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted) {
        i++;
      } else if (c == ',' && !quoted) {
        elements.add(value.substring(from, i));
        from = i + 1;
      }
    }
    if (quoted) {
      throw ValueParser.fault("a quote is not closed");
    }
    elements.add(value.substring(from));
    return elements;
  }

  /** Length of the longest word with the further spaces before it, which stay on its line. */
  private static int longestWord(String text) {
    int longest = 0;
    int from = 0;
    for (int i = 1; i <= text.length(); i++) {
      boolean end = i == text.length() || text.charAt(i) == ' ' && text.charAt(i - 1) != ' ';
      if (end) {
        longest = Math.max(longest, i - from);
        from = i + 1;
      }
    }
    return longest;
  }
}
