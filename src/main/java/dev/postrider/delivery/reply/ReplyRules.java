package dev.postrider.delivery.reply;

import dev.postrider.mail.Reaction;
import dev.postrider.mail.ReplyMeaning;
import dev.postrider.mail.Scope;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The table of rules in its order: the first rule that matches a reply says what it means. */
public final class ReplyRules {

  private static final String FILE = "/replies/rules.txt";
  private static final char COMMENT = '#';
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** The table has a rule for every refusal; what it has none for is tried again. */
  private static final ReplyMeaning NO_RULE =
      new ReplyMeaning(Scope.MAIL, Reaction.RETRY, Optional.empty(), "No rule");

  private final List<ReplyRule> rules;

  private ReplyRules(List<ReplyRule> rules) {
    this.rules = List.copyOf(rules);
  }

  /** The rules that come with Postrider. */
  public static ReplyRules builtIn() {
    try (InputStream in = ReplyRules.class.getResourceAsStream(FILE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return new ReplyRules(parse(FILE, lines.lines().toList()));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /**
   * These rules after an operator's own, which are asked first.
   *
   * @param name of the operator's file, for messages
   * @param lines one rule each; blank lines and lines that start with # do not count
   * @throws IllegalArgumentException with file, line and what was expected
   */
  public ReplyRules after(String name, List<String> lines) {
    return new ReplyRules(Stream.concat(parse(name, lines).stream(), rules.stream()).toList());
  }

  private static List<ReplyRule> parse(String name, List<String> lines) {
    List<ReplyRule> rules = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = (i == 0 ? withoutMark(lines.get(i)) : lines.get(i)).strip();
      if (!line.isEmpty() && line.charAt(0) != COMMENT) {
        rules.add(parse(name, i + 1, line));
      }
    }
    return rules;
  }

  /** Some editors begin a file of UTF-8 with a byte order mark. */
  private static String withoutMark(String line) {
    return line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
  }

  private static ReplyRule parse(String name, int number, String line) {
    try {
      return RuleParser.parse(line);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(name + ", line " + number + ": " + wrong.getMessage());
    }
  }

  /**
   * What a reply means.
   *
   * @param step the command that it answers
   * @param code three digits, 400 to 599
   * @param enhanced RFC 3463 codes of the same class, in the order of the text; a rule matches if
   *     it names one of them, since a later code often says more than the first
   * @param text all lines of the reply, joined by a blank
   */
  public ReplyMeaning classify(Step step, int code, List<String> enhanced, String text) {
    for (ReplyRule rule : rules) {
      Optional<ReplyMeaning> meaning = rule.classify(step, code, enhanced, text);
      if (meaning.isPresent()) {
        return meaning.get();
      }
    }
    return NO_RULE;
  }
}
