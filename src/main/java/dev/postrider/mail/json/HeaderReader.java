package dev.postrider.mail.json;

import dev.postrider.mail.HeaderGrammar;
import dev.postrider.mail.InvalidMail;
import java.nio.charset.StandardCharsets;
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

  /** All fields together, in bytes: servers take headers of about 100 KB, ours included. */
  private static final int BYTES_MAX = 65_536;

  /** Colon, space and line break. */
  private static final int FIELD_OVERHEAD = 4;

  /** Written from other keys of the mail or by servers (trace, results, signatures). */
  private static final Set<String> RESERVED =
      Set.of(
          "from",
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
    int bytes = 0;
    jsonCursor.enterObject();
    while (jsonCursor.nextKey()) {
      String name = jsonCursor.key();
      checkName(jsonCursor, name, seen);
      if (seen.size() > max) {
        throw jsonCursor.invalid("too many headers: at most " + max);
      }
      String value = jsonCursor.foldedLine(text -> value(name, text));
      bytes += name.length() + utf8Length(value) + FIELD_OVERHEAD;
      if (bytes > BYTES_MAX) {
        throw jsonCursor.invalid("too long: at most " + BYTES_MAX + " bytes in all headers");
      }
      headers.put(name, value);
    }
    return headers;
  }

  private static int utf8Length(String text) {
    return Text.isAscii(text) ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String value(String name, String text) throws InvalidMail {
    String value = Text.trimmed(text);
    HeaderValue.check(HeaderGrammar.of(name), value);
    return value;
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
