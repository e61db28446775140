package dev.postrider.mail.json;

import dev.postrider.mail.InvalidMail;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads a mail's own header fields, at most {@code max}: none that Postrider or a server writes,
 * none twice.
 */
record HeaderReader(int max) {

  /** RFC 5322 §2.1.1: no line is longer, and a value need not fold. */
  private static final int VALUE_MAX = 998;

  /**
   * Written from the mail's other members, by servers on the way (trace, results, signatures), or
   * an address of its own that nobody checks (Sender). List-* fields are the producer's.
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
      throw jsonCursor.invalid("written by Postrider or by servers on the way: leave it out");
    }
    if (!seen.add(folded)) {
      throw jsonCursor.invalid("given twice (case does not matter): keep one");
    }
  }
}
