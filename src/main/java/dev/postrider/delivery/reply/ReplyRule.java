package dev.postrider.delivery.reply;

import dev.postrider.mail.ReplyMeaning;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One row of the table.
 *
 * @param steps the commands whose replies it reads; empty for all
 * @param codes such as {@code 452} or {@code 5xx}; empty for all
 * @param enhanced such as {@code 5.7.1}, {@code *.2.2} or {@code -} for none; empty for all
 * @param words what the text contains
 * @param meaning of a reply that it matches
 */
record ReplyRule(
    Set<Step> steps,
    List<String> codes,
    List<String> enhanced,
    Optional<Pattern> words,
    ReplyMeaning meaning) {

  private static final String NONE = "-";
  private static final String COUNT = "(?<count>";

  /** The meaning, if the rule matches. */
  Optional<ReplyMeaning> classify(Step step, int code, String enhancedCode, String text) {
    boolean candidate =
        (steps.isEmpty() || steps.contains(step))
            && (codes.isEmpty() || hasCode(code))
            && (enhanced.isEmpty() || hasEnhanced(enhancedCode));
    if (!candidate) {
      return Optional.empty();
    }
    if (words.isEmpty()) {
      return Optional.of(meaning);
    }
    Matcher matcher = words.get().matcher(text);
    return matcher.find() ? Optional.of(named(matcher)) : Optional.empty();
  }

  private boolean hasCode(int code) {
    return codes.contains(Integer.toString(code)) || codes.contains(code / 100 + "xx");
  }

  private boolean hasEnhanced(String code) {
    String subject = code.isEmpty() ? "" : "*" + code.substring(1);
    return enhanced.contains(code.isEmpty() ? NONE : code) || enhanced.contains(subject);
  }

  /** A time that the reply names, such as "for 60 seconds", is the time to wait. */
  private ReplyMeaning named(Matcher matcher) {
    if (!matcher.pattern().pattern().contains(COUNT)) {
      return meaning;
    }
    long count = Long.parseLong(matcher.group("count"));
    return switch (Character.toLowerCase(matcher.group("unit").charAt(0))) {
      case 'h' -> waiting(Duration.ofHours(count));
      case 'm' -> waiting(Duration.ofMinutes(count));
      default -> waiting(Duration.ofSeconds(count));
    };
  }

  private ReplyMeaning waiting(Duration delay) {
    return new ReplyMeaning(meaning.scope(), meaning.reaction(), Optional.of(delay), meaning.why());
  }

  /** A pattern of the table: case is ignored, a blank stands for any number of blanks. */
  static Pattern words(String pattern) {
    return Pattern.compile(pattern.replace(" ", "\\s+"), Pattern.CASE_INSENSITIVE);
  }
}
