package dev.postrider.delivery.reply;

import dev.postrider.mail.ReplyMeaning;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
  private static final String COUNT = "count";
  private static final String UNIT = "unit";

  /** The groups that read a time from a reply: nothing else may come to be a number or a unit. */
  private static final Pattern GROUPS =
      Pattern.compile("\\(\\?<count>\\\\d(\\{1,[1-4]\\})?\\).*\\(\\?<unit>sec\\|min\\|hour\\)");

  private static final Map<Character, Duration> UNITS =
      Map.of('s', Duration.ofSeconds(1), 'm', Duration.ofMinutes(1), 'h', Duration.ofHours(1));

  /** No server keeps a mail back for longer. */
  private static final Duration NAMED_MAX = Duration.ofDays(1);

  /** The meaning, if the rule matches. */
  Optional<ReplyMeaning> classify(Step step, int code, List<String> enhancedCodes, String text) {
    boolean candidate =
        (steps.isEmpty() || steps.contains(step))
            && (codes.isEmpty() || hasCode(code))
            && (enhanced.isEmpty() || hasEnhanced(enhancedCodes));
    if (!candidate) {
      return Optional.empty();
    }
    if (words.isEmpty()) {
      return Optional.of(meaning);
    }
    Matcher matcher = words.get().matcher(new BoundedText(text));
    return BoundedText.find(matcher) ? Optional.of(named(matcher)) : Optional.empty();
  }

  private boolean hasCode(int code) {
    return codes.contains(Integer.toString(code)) || codes.contains(code / 100 + "xx");
  }

  private boolean hasEnhanced(List<String> codes) {
    for (String code : codes) {
      if (enhanced.contains(code) || enhanced.contains("*" + code.substring(1))) {
        return true;
      }
    }
    return codes.isEmpty() && enhanced.contains(NONE);
  }

  /** A time that the reply names, such as "for 60 seconds", is the time to wait. */
  private ReplyMeaning named(Matcher matcher) {
    boolean named =
        namesTime(matcher.pattern().pattern())
            && matcher.group(COUNT) != null
            && matcher.group(UNIT) != null;
    if (!named) {
      return meaning;
    }
    Duration time = UNITS.get(Character.toLowerCase(matcher.group(UNIT).charAt(0)));
    Duration delay = time.multipliedBy(Long.parseLong(matcher.group(COUNT)));
    return waiting(delay.compareTo(NAMED_MAX) > 0 ? NAMED_MAX : delay);
  }

  private static boolean namesTime(String pattern) {
    return pattern.contains("(?<" + COUNT + ">");
  }

  private ReplyMeaning waiting(Duration delay) {
    return new ReplyMeaning(meaning.scope(), meaning.reaction(), Optional.of(delay), meaning.why());
  }

  /**
   * A pattern of the table: case is ignored, a blank stands for any number of blanks.
   *
   * @throws IllegalArgumentException if it is not a regular expression, or reads a time wrongly
   */
  static Pattern words(String pattern) {
    if (namesTime(pattern) && !GROUPS.matcher(pattern).find()) {
      throw new IllegalArgumentException(
          "a time is read by (?<count>\\d{1,4}) and then (?<unit>sec|min|hour)");
    }
    return Pattern.compile(pattern.replace(" ", "\\s+"), Pattern.CASE_INSENSITIVE);
  }
}
