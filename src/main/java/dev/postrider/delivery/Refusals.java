package dev.postrider.delivery;

import dev.postrider.delivery.reply.ReplyRules;
import dev.postrider.delivery.reply.Step;
import dev.postrider.mail.Receipt.Answer;
import dev.postrider.mail.Receipt.Fate;
import dev.postrider.mail.Receipt.ServerReply;
import dev.postrider.mail.ReplyMeaning;
import dev.postrider.smtp.EnhancedCode;
import dev.postrider.smtp.Phase;
import dev.postrider.smtp.Reply;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes the answer of a recipient out of a refusal: the whole reply, masked, and its meaning. */
public final class Refusals {

  /** Most characters that the rules look at, so that a hostile reply costs little time. */
  private static final int WORDS_MAX = 4_096;

  private final ReplyRules rules;

  /**
   * @param rules of the route
   */
  public Refusals(ReplyRules rules) {
    this.rules = rules;
  }

  /**
   * @param index of the recipient in the envelope
   * @param command the one that was refused, as {@link dev.postrider.smtp.SendResult.Refused} names
   *     it
   */
  public Answer answer(int index, Phase phase, String command, Reply reply) {
    String words = words(reply);
    ReplyMeaning meaning =
        rules.classify(
            step(phase, command),
            reply.code(),
            EnhancedCode.all(reply.code(), words).stream().map(Object::toString).toList(),
            words);
    return new Answer(
        index, Fate.REFUSED, word(phase), Optional.of(plain(reply)), "", Optional.of(meaning));
  }

  private static String words(Reply reply) {
    String words = reply.words();
    return words.length() <= WORDS_MAX ? words : words.substring(0, WORDS_MAX);
  }

  private static Step step(Phase phase, String command) {
    return switch (phase) {
      case CONNECTING, GREETING -> Step.CONNECT;
      case AUTHENTICATING -> Step.AUTH;
      case ENVELOPE, DATA, DOT, DONE -> step(command);
    };
  }

  private static Step step(String command) {
    return switch (command) {
      case "RCPT", "LONE_DOT" -> Step.RCPT;
      case "DATA" -> Step.DATA;
      case ".", "BDAT" -> Step.DOT;
      default -> Step.MAIL;
    };
  }

  /** The word of the contract. */
  static String word(Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT);
  }

  /** The reply without its codes, where these open a line, and without addresses. */
  static ServerReply plain(Reply reply) {
    Optional<String> enhanced = reply.enhanced().map(Object::toString);
    String text =
        enhanced.isEmpty()
            ? reply.words()
            : reply.lines().stream()
                .map(line -> withoutCode(line, enhanced.get()))
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "));
    return new ServerReply(reply.code(), enhanced, AddressMasking.mask(text.strip()));
  }

  private static String withoutCode(String line, String code) {
    boolean opens =
        line.startsWith(code)
            && (line.length() == code.length() || line.charAt(code.length()) == ' ');
    return opens ? line.substring(code.length()).strip() : line.strip();
  }
}
