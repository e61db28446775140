package dev.postrider.mail.json;

import dev.postrider.mail.InvalidMail;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads a mail's custom header fields, at most {@code max}. Refuses duplicates and fields that
 * Postrider or servers write.
 */
record HeaderReader(int max) {

  /** RFC 5322 §2.1.1: longest line; so a value fits without folding. */
  private static final int VALUE_MAX = 998;

  /**
   * Written from other keys of the mail or by servers (trace, results, signatures); Sender would be
   * an unchecked address. List-* fields are allowed.
   */
  private static final Set<String> RESERVED =
      Set.of(
          "from",
          "sender",
          "to",
          "cc",
          "bcc",
          "reply-to",
          "subject",
          "date",
          "message-id",
          "mime-version",
          "return-path",
          "received",
          "received-spf",
          "delivered-to",
          "domainkey-signature",
          "authentication-results");

  private static final List<String> RESERVED_PREFIXES =
      List.of("content-", "dkim-", "arc-", "resent-");

  Map<String, String> read(JsonCursor jsonCursor) throws InvalidMail {
    Map<String, String> headers = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    jsonCursor.enterObject();
    while (jsonCursor.nextKey()) {
      String name = jsonCursor.key();
      checkName(jsonCursor, name, seen);
      if (seen.size() > max) {
        throw jsonCursor.invalid("too many headers: at most " + max);
      }
      headers.put(name, jsonCursor.line(0, VALUE_MAX));
    }
    return headers;
  }

  private static void checkName(JsonCursor jsonCursor, String name, Set<String> seen)
      throws InvalidMail {
    if (!NameRule.HEADER.matches(name)) {
      throw jsonCursor.invalidName("a header's name: expected " + NameRule.HEADER.expected());
    }
    String folded = name.toLowerCase(Locale.ROOT);
    if (RESERVED.contains(folded) || RESERVED_PREFIXES.stream().anyMatch(folded::startsWith)) {
      throw jsonCursor.invalid("written by Postrider or by servers: leave it out");
    }
    if (!seen.add(folded)) {
      throw jsonCursor.invalid("given twice (case does not matter): keep one");
    }
  }
}
