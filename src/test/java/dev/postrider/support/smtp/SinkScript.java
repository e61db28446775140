package dev.postrider.support.smtp;

import dev.postrider.support.proxy.Behaviour;
import dev.postrider.support.smtpserver.Answer;
import dev.postrider.support.smtpserver.AnswerScript;
import dev.postrider.support.smtpserver.Command;
import dev.postrider.support.smtpserver.Dialogue;
import dev.postrider.support.smtpserver.Verb;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Bends the usual answers: first by the options of the sink, then by the addresses of the mail. */
final class SinkScript implements AnswerScript {

  private final SinkOptions options;
  private final Map<String, Integer> happened = new ConcurrentHashMap<>();

  SinkScript(SinkOptions options) {
    this.options = options;
  }

  @Override
  public Answer answer(Command command, Dialogue dialogue, Answer usual) {
    if (!usual.accepts() && usual.code() != 354 && command.verb() != Verb.EHLO) {
      return options.always(command.verb()).orElse(usual);
    }
    Answer answer =
        options.always(command.verb()).or(() -> byAddress(command, dialogue, usual)).orElse(usual);
    return command.verb() == Verb.DOT && !options.delayPerMail().isZero()
        ? Answer.later(options.delayPerMail(), answer)
        : answer;
  }

  private Optional<Answer> byAddress(Command command, Dialogue dialogue, Answer usual) {
    return addresses(command, dialogue)
        .flatMap(address -> asked(address, command, dialogue).stream())
        .findFirst()
        .map(behaviour -> behaviour.answer(usual));
  }

  /** At MAIL and RCPT only the new address counts, later all of them, the sender first. */
  private static Stream<String> addresses(Command command, Dialogue dialogue) {
    return switch (command.verb()) {
      case MAIL, RCPT -> Stream.of(address(command.argument()));
      case DATA, BODY, DOT ->
          Stream.concat(dialogue.sender().stream(), dialogue.recipients().stream());
      default -> Stream.empty();
    };
  }

  private static String address(String argument) {
    return argument.substring(argument.indexOf('<') + 1, argument.lastIndexOf('>'));
  }

  private Optional<Behaviour> asked(String address, Command command, Dialogue dialogue) {
    return Behaviour.of(address)
        .filter(behaviour -> behaviour.happensAt(command.verb(), dialogue.chunked()))
        .filter(behaviour -> happened.merge(address, 1, Integer::sum) <= behaviour.times());
  }
}
