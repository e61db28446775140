package dev.postrider.dev.inbox;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A mail in the inbox.
 *
 * @param number counted from 1
 * @param at when it was received
 * @param sender address of MAIL FROM
 * @param recipients addresses of RCPT TO
 * @param source the mail as it was sent
 */
public record InboxMail(
    long number, Instant at, String sender, List<String> recipients, byte[] source) {

  /** With JDK types only, which survive live reload. */
  Map<String, Object> toMap() {
    return Map.of("at", at, "sender", sender, "recipients", recipients, "source", source);
  }

  @SuppressWarnings("unchecked")
  static InboxMail of(Map.Entry<Long, Map<String, Object>> entry) {
    Map<String, Object> map = entry.getValue();
    return new InboxMail(
        entry.getKey(),
        (Instant) map.get("at"),
        (String) map.get("sender"),
        (List<String>) map.get("recipients"),
        (byte[]) map.get("source"));
  }
}
