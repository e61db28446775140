package dev.postrider.delivery;

import dev.postrider.mail.Reason;
import dev.postrider.mail.Receipt.Answer;
import dev.postrider.mail.Receipt.ServerReply;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the reason in an answer: by phase first, then by enhanced code (RFC 3463), then by the
 * three digits (RFC 5321 §4.2). Where the enhanced class contradicts the first digit, the first
 * digit is trusted. Words are looked at only to tell throttling apart, which has no code of its
 * own.
 */
final class ReplyClassifier {

  /** Replies to authentication that mean wrong credentials: RFC 4954 §6, 5.7.30 Exchange Online. */
  private static final Set<Integer> LOCKED_OUT = Set.of(530, 534, 535, 538);

  private static final Set<String> LOCKED_OUT_ENHANCED = Set.of("5.7.8", "5.7.30", "5.7.60");

  /** RFC 5321 §3.8: the server closes; before the final dot that is no fault of the mail. */
  private static final int CLOSING = 421;

  /** The server did not understand a command: a fault of either side, or of a proxy between. */
  private static final Set<Integer> PROTOCOL = Set.of(500, 501, 502, 503, 504, 555);

  private static final Pattern PACE =
      Pattern.compile(
          "\\b(rate|quota|throttl\\w*|too many|concurrent connections)\\b",
          Pattern.CASE_INSENSITIVE);

  /** Phases in which no mail has been named yet: every failure is the server's. */
  private static final Set<String> BEFORE_ANY_MAIL =
      Set.of("connecting", "greeting", "authenticating");

  private ReplyClassifier() {}

  /**
   * Why this recipient does not have the mail yet; empty if it was merely one too many, so that it
   * is sent to next, at once.
   */
  static Optional<Reason> reason(Answer answer) {
    return switch (answer.fate()) {
      case ACCEPTED -> throw new IllegalArgumentException("accepted");
      case UNKNOWN -> Optional.of(Reason.UNKNOWN);
      case NOT_SENT -> Optional.of(lost(answer.phase()));
      case REFUSED ->
          answer.reply().isPresent()
              ? refused(answer.reply().get(), answer.phase())
              : Optional.of(Reason.TRANSIENT);
    };
  }

  /** A server may close the connection on the content of this very mail: that must end. */
  private static Reason lost(String phase) {
    return phase.equals("data") ? Reason.TRANSIENT : Reason.CONNECTION;
  }

  private static Optional<Reason> refused(ServerReply reply, String phase) {
    String enhanced = trusted(reply);
    if (LOCKED_OUT.contains(reply.code()) || LOCKED_OUT_ENHANCED.contains(enhanced)) {
      return Optional.of(Reason.ROUTE_DOWN);
    }
    boolean closing = reply.code() == CLOSING && !phase.equals("dot");
    if (closing || BEFORE_ANY_MAIL.contains(phase)) {
      return Optional.of(throttled(reply) ? Reason.THROTTLED : Reason.CONNECTION);
    }
    if (reply.code() == 454 && throttled(reply)) {
      return Optional.of(Reason.THROTTLED);
    }
    if (enhanced.endsWith(".5.3")) {
      return Optional.empty(); // RFC 5321 §4.5.3.1.10, whether sent with 452 or 552.
    }
    return Optional.of(reply.code() < 500 ? Reason.TRANSIENT : permanent(reply, enhanced, phase));
  }

  private static Reason permanent(ServerReply reply, String enhanced, String phase) {
    // RFC 5321 §4.5.3.1.10: 552 to RCPT is 452 in the words of old servers.
    boolean old = reply.code() == 552 && enhanced.isEmpty() && phase.equals("envelope");
    boolean mailboxFull = reply.code() == 552 && enhanced.equals("5.2.2");
    return old || mailboxFull || PROTOCOL.contains(reply.code()) || relayingDenied(reply)
        ? Reason.TRANSIENT // An operator may repair it before the attempts are used up.
        : Reason.REFUSED;
  }

  private static String trusted(ServerReply reply) {
    return reply
        .enhanced()
        .filter(enhanced -> enhanced.charAt(0) - '0' == reply.code() / 100)
        .orElse("");
  }

  private static boolean relayingDenied(ServerReply reply) {
    String text = reply.text().toLowerCase(Locale.ROOT);
    return text.contains("relay access denied") || text.contains("relaying denied");
  }

  private static boolean throttled(ServerReply reply) {
    return PACE.matcher(reply.text()).find();
  }
}
