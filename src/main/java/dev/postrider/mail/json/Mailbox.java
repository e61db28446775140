package dev.postrider.mail.json;

import dev.postrider.address.AddrSpec;
import dev.postrider.address.MalformedAddress;
import dev.postrider.mail.Address;
import dev.postrider.mail.InvalidMail;
import java.util.Optional;

/**
 * Parses one mailbox of RFC 5322 §3.4, with a UTF-8 display name (RFC 6532). Blanks around it and
 * around its address are dropped. Comments, groups, routes and lists are refused, each with its own
 * message.
 */
public final class Mailbox {

  /** A header line (RFC 5322 §2.1.1). */
  private static final int LENGTH_MAX = 998;

  private static final int NONE = -1;

  private final String text;
  private int open = NONE;
  private int close = NONE;
  private boolean quoted;
  private boolean literal;

  public Mailbox(String text) {
    this.text = Text.trimmed(text);
  }

  /** An address for an envelope, without a name and without angle brackets. */
  static String envelopeAddress(String text) throws InvalidMail {
    String trimmed = Text.trimmed(text);
    if (trimmed.endsWith(">")) {
      throw ValueParser.fault("expected an address alone, without name and without < and >");
    }
    return new Address(Optional.empty(), address(trimmed)).requireEnvelope().address();
  }

  private static String address(String text) throws InvalidMail {
    try {
      return AddrSpec.parse(Text.trimmed(text));
    } catch (MalformedAddress e) {
      throw ValueParser.fault(e.getMessage());
    }
  }

  public Address read() throws InvalidMail {
    if (text.isEmpty()) {
      throw ValueParser.fault("empty: expected an address such as ana@example.test");
    }
    if (text.length() > LENGTH_MAX) {
      throw ValueParser.fault("too long: at most " + LENGTH_MAX + " characters");
    }
    if (!Text.isLine(text) || !Text.isWellFormed(text)) {
      throw ValueParser.fault(
          "line breaks and control characters are not allowed here: remove them");
    }
    findAngles();
    return open == NONE
        ? new Address(Optional.empty(), address(text))
        : new Address(
            new DisplayName(text.substring(0, open)).read(),
            address(text.substring(open + 1, close)));
  }

  private void findAngles() throws InvalidMail {
    for (int i = 0; i < text.length(); i++) {
      if (quoted && text.charAt(i) == '\\') {
        i++;
      } else {
        scan(i, text.charAt(i));
      }
    }
    if (quoted) {
      throw ValueParser.fault("a quote is not closed");
    }
    if (open != NONE && close != text.length() - 1) {
      throw ValueParser.fault("expected > at the end, after the address");
    }
  }

  private void scan(int i, char c) throws InvalidMail {
    if (c == '"') {
      quoted = !quoted;
    } else if (!quoted) {
      switch (c) {
        case '<' -> open(i);
        case '>' -> close(i);
        case '[' -> literal = true;
        case ']' -> literal = false;
        default -> refuseLists(c);
      }
    }
  }

  private void open(int i) throws InvalidMail {
    if (open != NONE) {
      throw ValueParser.fault("expected one address between < and >");
    }
    if (text.startsWith("@", firstOther(i + 1))) {
      throw ValueParser.fault("source routes are not supported: give the address alone");
    }
    open = i;
  }

  /** The first index from {@code i} on that is no space. */
  private int firstOther(int i) {
    int other = i;
    while (other < text.length() && text.charAt(other) == ' ') {
      other++;
    }
    return other;
  }

  private void close(int i) throws InvalidMail {
    if (open == NONE || close != NONE) {
      throw ValueParser.fault("expected one address between < and >");
    }
    close = i;
  }

  private void refuseLists(char c) throws InvalidMail {
    switch (c) {
      case ',' ->
          throw ValueParser.fault(
              "one mailbox per string: use a JSON array for more, quotes around a name with a"
                  + " comma");
      case '(', ')' ->
          throw ValueParser.fault(
              "comments are not supported: put the name in quotes or leave them out");
      case ';' ->
          throw ValueParser.fault("groups are not supported: use a JSON array of mailboxes");
      case ':' -> {
        if (!literal) {
          throw ValueParser.fault("groups are not supported: put a name with a colon in quotes");
        }
      }
      default -> {}
    }
  }
}
