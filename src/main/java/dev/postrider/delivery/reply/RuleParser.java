package dev.postrider.delivery.reply;

import dev.postrider.mail.Reaction;
import dev.postrider.mail.ReplyMeaning;
import dev.postrider.mail.Scope;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads one line of the table: {@code steps codes enhanced scope reaction[:delay] /words/ why}. */
final class RuleParser {

  private static final Pattern LINE =
      Pattern.compile(
          "(\\S+)\\s+(\\S+)\\s+(\\S+)\\s+(\\S+)\\s+(\\S+)\\s+(?:\\*|/(.+?)/)(?:\\s+(.*))?");

  private static final Pattern DELAY = Pattern.compile("(\\d{1,6})([smh])");
  private static final String ALL = "*";
  private static final Pattern CODE = Pattern.compile("[45](xx|\\d\\d)");
  private static final Pattern ENHANCED = Pattern.compile("-|[245*]\\.\\d{1,3}\\.\\d{1,3}");

  private RuleParser() {}

  /**
   * @throws IllegalArgumentException if the line is not a rule; the message says what was expected
   */
  static ReplyRule parse(String line) {
    Matcher matcher = LINE.matcher(line.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "expected \"steps codes enhanced scope reaction[:delay] /words/ why\"");
    }
    String[] reaction = matcher.group(5).split(":", 2);
    ReplyMeaning meaning =
        new ReplyMeaning(
            one(Scope.class, "scope", matcher.group(4)),
            one(Reaction.class, "reaction", reaction[0]),
            reaction.length > 1 ? Optional.of(delay(reaction[1])) : Optional.empty(),
            Objects.requireNonNullElse(matcher.group(7), ""));
    return new ReplyRule(
        steps(matcher.group(1)),
        list("code", CODE, matcher.group(2)),
        list("enhanced code", ENHANCED, matcher.group(3)),
        Optional.ofNullable(matcher.group(6)).map(RuleParser::words),
        meaning);
  }

  private static Set<Step> steps(String names) {
    Set<Step> steps = EnumSet.noneOf(Step.class);
    if (!names.equals(ALL)) {
      Arrays.stream(names.split(","))
          .map(name -> one(Step.class, "step", name))
          .forEach(steps::add);
    }
    return steps;
  }

  private static List<String> list(String what, Pattern form, String items) {
    if (items.equals(ALL)) {
      return List.of();
    }
    List<String> list = List.of(items.split(","));
    for (String item : list) {
      if (!form.matcher(item).matches()) {
        throw new IllegalArgumentException("\"" + item + "\" is no " + what);
      }
    }
    return list;
  }

  private static <E extends Enum<E>> E one(Class<E> type, String what, String name) {
    for (E value : type.getEnumConstants()) {
      if (word(value).equals(name)) {
        return value;
      }
    }
    String known = String.join(", ", words(type));
    throw new IllegalArgumentException(
        "\"" + name + "\" is not a " + what + "; known are " + known);
  }

  private static <E extends Enum<E>> List<String> words(Class<E> type) {
    return Arrays.stream(type.getEnumConstants()).map(RuleParser::word).toList();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Duration delay(String text) {
    Matcher matcher = DELAY.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is not a delay such as 30s, 5m or 2h");
    }
    return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
  }

  private static Pattern words(String pattern) {
    try {
      return ReplyRule.words(pattern);
    } catch (PatternSyntaxException wrong) {
      throw new IllegalArgumentException(
          "\"" + pattern + "\" is not a regular expression: " + wrong.getDescription());
    }
  }
}
