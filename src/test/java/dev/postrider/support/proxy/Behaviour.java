package dev.postrider.support.proxy;

import dev.postrider.support.smtp.Sink;
import dev.postrider.support.smtpserver.Answer;
import dev.postrider.support.smtpserver.Verb;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an address asks the {@link Sink} to do to its mail, written in its local part.
 *
 * @param effect a reply code or a word of the table at {@link Sink}
 * @param enhanced enhanced status code that goes with a reply code, if one was asked for
 * @param phase where it happens
 * @param number of a slow reply: its milliseconds; else how often it happens before the address
 *     accepts; empty means always
 */
public record Behaviour(
    String effect, Optional<String> enhanced, Phase phase, Optional<Integer> number) {

  /** The places in a transaction where a behaviour can happen. */
  enum Phase {
    MAIL(Verb.MAIL),
    RCPT(Verb.RCPT),
    DATA(Verb.DATA),
    IN_DATA(Verb.BODY),
    DOT(Verb.DOT),
    AFTER_DOT(Verb.DOT);

    private final Verb verb;

    Phase(Verb verb) {
      this.verb = verb;
    }
  }

  private static final int MANY_LINES = 10_000;

  private static final Map<String, Phase> PHASES =
      Map.of(
          "mail", Phase.MAIL,
          "rcpt", Phase.RCPT,
          "data", Phase.DATA,
          "in-data", Phase.IN_DATA,
          "dot", Phase.DOT,
          "after-dot", Phase.AFTER_DOT);

  private static final Pattern GRAMMAR =
      Pattern.compile(
          "(?<effect>[2-5]\\d\\d|slow|drop|rst|blackhole|many-lines|unterminated|wrong-code|garbage)"
              + "(?:-(?<enhanced>\\d\\.\\d{1,3}\\.\\d{1,3}))?"
              + "(?:-(?<phase>mail|rcpt|data|in-data|dot|after-dot))?"
              + "(?:-(?<number>\\d{1,6})(?:x|ms))?"
              + "(?:\\+.*)?@.*");

  /** The behaviour an address asks for; empty if it just wants its mail. */
  public static Optional<Behaviour> of(String address) {
    Matcher matcher = GRAMMAR.matcher(address);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new Behaviour(
            matcher.group("effect"),
            Optional.ofNullable(matcher.group("enhanced")),
            Optional.ofNullable(matcher.group("phase")).map(PHASES::get).orElse(Phase.RCPT),
            Optional.ofNullable(matcher.group("number")).map(Integer::valueOf)));
  }

  /** Whether it happens at this command. By BDAT there is no DATA: its refusal comes at the end. */
  public boolean happensAt(Verb verb, boolean chunked) {
    boolean dataAtTheEnd = chunked && phase == Phase.DATA && verb == Verb.DOT;
    return phase.verb == verb || dataAtTheEnd;
  }

  /** How often it happens before the address accepts. */
  public int times() {
    return effect.equals("slow") ? Integer.MAX_VALUE : number.orElse(Integer.MAX_VALUE);
  }

  /** The answer in place of the usual one. */
  public Answer answer(Answer usual) {
    return switch (effect) {
      case "slow" -> Answer.later(Duration.ofMillis(number.orElse(1_000)), usual);
      case "drop" -> phase == Phase.AFTER_DOT ? Answer.acceptAndDrop() : Answer.drop();
      case "rst" -> phase == Phase.AFTER_DOT ? Answer.acceptAndReset() : Answer.reset();
      case "blackhole" -> Answer.silence();
      case "many-lines" -> Answer.say("250-Line\r\n".repeat(MANY_LINES - 1) + "250 2.0.0 Ok");
      case "unterminated" -> Answer.rawThenSilence("250-And so on\r\n");
      case "wrong-code" -> Answer.say(usual.code() == 354 ? "250 2.0.0 Ok" : "354 Go on");
      case "garbage" -> Answer.raw("This is no reply\r\n");
      default -> reply();
    };
  }

  private Answer reply() {
    String text = effect + " " + enhanced.orElseGet(this::usualEnhanced) + " As the address asked";
    return effect.equals("421") ? Answer.sayAndClose(text) : Answer.say(text);
  }

  private String usualEnhanced() {
    String detail =
        switch (phase) {
          case MAIL -> ".1.8";
          case RCPT -> effect.startsWith("5") ? ".1.1" : ".2.0";
          default -> ".3.0";
        };
    return effect.charAt(0) + detail;
  }
}
