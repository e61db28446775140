package dev.postrider.dev.inbox;

import dev.postrider.dev.server.Answer;
import dev.postrider.dev.server.AnswerScript;
import dev.postrider.dev.server.Command;
import dev.postrider.dev.server.Dialogue;
import java.time.Duration;
import java.util.Locale;

/**
 * Recipients with whom a developer tries what rarely happens: {@code refuse@…}, {@code defer@…} and
 * {@code slow@…} of the domain {@code simulator.test}.
 */
final class Simulator implements AnswerScript {

  private static final String DOMAIN = "@simulator.test";
  private static final Duration SLOW = Duration.ofSeconds(3);

  @Override
  public Answer answer(Command command, Dialogue dialogue, Answer usual) {
    return switch (command.verb()) {
      case RCPT -> recipient(command.argument().toLowerCase(Locale.ROOT), usual);
      case DOT -> isSlow(dialogue) ? Answer.later(SLOW, usual) : usual;
      default -> usual;
    };
  }

  private static Answer recipient(String argument, Answer usual) {
    if (argument.contains("<refuse" + DOMAIN + ">")) {
      return Answer.say("550 5.1.1 No such mailbox (simulated)");
    }
    if (argument.contains("<defer" + DOMAIN + ">")) {
      return Answer.say("450 4.2.1 Try again later (simulated)");
    }
    return usual;
  }

  private static boolean isSlow(Dialogue dialogue) {
    return dialogue.recipients().stream()
        .anyMatch(recipient -> recipient.equalsIgnoreCase("slow" + DOMAIN));
  }
}
