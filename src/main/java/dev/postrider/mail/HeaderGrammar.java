package dev.postrider.mail;

import java.util.Locale;
import java.util.Set;

/** What the value of a custom header field may be, by the field's name. */
public enum HeaderGrammar {
  /** One mailbox, such as Sender (RFC 5322 §3.6.2). */
  MAILBOX,

  /** Mailboxes separated by commas, such as Disposition-Notification-To (RFC 8098 §2.1). */
  MAILBOXES,

  /** Phrases separated by commas: Keywords (RFC 5322 §3.6.5). */
  PHRASES,

  /** A phrase, if any, and an identifier in angle brackets: List-Id (RFC 2919 §3). */
  LIST_ID,

  /** Identifiers, URLs or tokens: there is no place for an encoded word (RFC 2047 §5). */
  ASCII,

  /** Any text; X-* and unknown fields too. */
  TEXT;

  private static final Set<String> WITH_MAILBOXES =
      Set.of(
          "disposition-notification-to",
          "errors-to",
          "mail-followup-to",
          "mail-reply-to",
          "return-receipt-to");

  private static final Set<String> IN_ASCII =
      Set.of(
          "archived-at",
          "auto-submitted",
          "autocrypt",
          "expires",
          "expiry-date",
          "importance",
          "in-reply-to",
          "obsoletes",
          "original-message-id",
          "precedence",
          "priority",
          "references",
          "reply-by",
          "sensitivity",
          "supersedes");

  /**
   * @param name of the field, in any case
   */
  public static HeaderGrammar of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "sender" -> MAILBOX;
      case "keywords" -> PHRASES;
      case "list-id" -> LIST_ID;
      default -> ofOther(lower);
    };
  }

  private static HeaderGrammar ofOther(String name) {
    if (WITH_MAILBOXES.contains(name)) {
      return MAILBOXES;
    }
    return name.startsWith("list-") || IN_ASCII.contains(name) ? ASCII : TEXT;
  }
}
