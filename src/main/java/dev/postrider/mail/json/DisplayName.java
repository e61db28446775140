package dev.postrider.mail.json;

import dev.postrider.mail.InvalidMail;
import java.util.Optional;

/**
 * Parses the display name before an address: words and quoted strings. Dots need no quotes ({@code
 * John Q. Public}): this obsolete syntax is common.
 */
final class DisplayName {

  private final String source;
  private final StringBuilder name = new StringBuilder();
  private boolean quoted;

  DisplayName(String source) {
    this.source = source;
  }

  /** The name without quotes; empty if there is none. */
  Optional<String> read() throws InvalidMail {
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (quoted && c == '\\' && i + 1 < source.length()) {
        name.append(source.charAt(++i));
      } else if (quoted) {
        name.append(c);
      } else {
        append(c);
      }
    }
    if (quoted) {
      throw ValueParser.fault("a quote is not closed");
    }
    String stripped = name.toString().strip();
    return stripped.isEmpty() ? Optional.empty() : Optional.of(stripped);
  }

  private void append(char c) throws InvalidMail {
    if (c == '@' || c == '[' || c == ']' || c == '\\') {
      throw ValueParser.fault("a name with @ [ ] or \\ needs quotes around it");
    }
    boolean doubled = c == ' ' && (name.isEmpty() || name.charAt(name.length() - 1) == ' ');
    if (!doubled) {
      name.append(c);
    }
  }
}
