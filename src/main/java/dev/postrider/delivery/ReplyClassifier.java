package dev.postrider.delivery;

import dev.postrider.mail.Receipt.Answer;
import dev.postrider.mail.Receipt.ServerReply;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads an answer: by phase first, then by enhanced code (RFC 3463), then by the three digits (RFC
 * 5321 §4.2). Where the enhanced class contradicts the first digit, the first digit is trusted.
 * Words are looked at only to tell throttling apart, which has no code of its own.
 */
final class ReplyClassifier {

  /** Replies to authentication that mean wrong credentials: RFC 4954 §6, 5.7.30 Exchange Online. */
  private static final Set<Integer> LOCKED_OUT = Set.of(530, 534, 535, 538);

  private static final Set<String> LOCKED_OUT_ENHANCED = Set.of("5.7.8", "5.7.30", "5.7.60");

  /** RFC 5321 §3.8: the server closes; before the final dot no mail is to blame. */
  private static final int CLOSING = 421;

  /** The server did not understand what was said: a fault of either side, or of a proxy between. */
  private static final Set<Integer> PROTOCOL = Set.of(500, 501, 502, 503, 504, 555);

  private static final Pattern PACE =
      Pattern.compile(
          "\\b(rate|quota|throttl\\w*|too many|concurrent connections)\\b",
          Pattern.CASE_INSENSITIVE);

  /** Phases in which no mail has been named yet: whatever goes wrong is the server's. */
  private static final Set<String> BEFORE_ANY_MAIL =
      Set.of("connecting", "greeting", "authenticating");

  private ReplyClassifier() {}

  static ReplyClass classify(Answer answer) {
    return switch (answer.fate()) {
      case ACCEPTED -> ReplyClass.ACCEPTED;
      case UNKNOWN -> ReplyClass.UNKNOWN;
      case WITHDRAWN -> ReplyClass.WITHDRAWN;
      case NOT_SENT -> lost(answer.phase());
      case REFUSED ->
          answer.reply().map(r -> ofReply(r, answer.phase())).orElse(ReplyClass.TRANSIENT);
    };
  }

  /** A server may hang up on the content of this very mail: that must end some day. */
  private static ReplyClass lost(String phase) {
    return phase.equals("data") ? ReplyClass.TRANSIENT : ReplyClass.CONNECTION;
  }

  private static ReplyClass ofReply(ServerReply reply, String phase) {
    String enhanced = trusted(reply);
    if (LOCKED_OUT.contains(reply.code()) || LOCKED_OUT_ENHANCED.contains(enhanced)) {
      return ReplyClass.CONFIGURATION;
    }
    boolean closing = reply.code() == CLOSING && !phase.equals("dot");
    if (closing || BEFORE_ANY_MAIL.contains(phase)) {
      return throttled(reply) ? ReplyClass.THROTTLED : ReplyClass.CONNECTION;
    }
    if (reply.code() == 454 && throttled(reply)) {
      return ReplyClass.THROTTLED;
    }
    if (enhanced.endsWith(".5.3")) {
      return ReplyClass.SPLIT; // RFC 5321 §4.5.3.1.10, whether sent with 452 or 552.
    }
    return reply.code() < 500 ? ReplyClass.TRANSIENT : permanent(reply, enhanced, phase);
  }

  private static ReplyClass permanent(ServerReply reply, String enhanced, String phase) {
    // RFC 5321 §4.5.3.1.10: 552 to RCPT is 452 in the words of old servers.
    boolean old = reply.code() == 552 && enhanced.isEmpty() && phase.equals("envelope");
    boolean mailboxFull = reply.code() == 552 && enhanced.equals("5.2.2");
    return old || mailboxFull || PROTOCOL.contains(reply.code()) || relayingDenied(reply)
        ? ReplyClass.TRANSIENT // Somebody may yet mend it; until the attempts are used up.
        : ReplyClass.PERMANENT;
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
