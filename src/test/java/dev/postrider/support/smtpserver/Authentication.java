package dev.postrider.support.smtpserver;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** AUTH on one connection (RFC 4954): the command, its exchange and the authenticated user. */
final class Authentication {

  private final MailServerOptions options;
  private final long connection;
  private Optional<Sasl> exchange = Optional.empty();
  private Optional<String> proved = Optional.empty();
  private Optional<String> user = Optional.empty();

  Authentication(MailServerOptions options, long connection) {
    this.options = options;
    this.connection = connection;
  }

  boolean underWay() {
    return exchange.isPresent();
  }

  /** The authenticated user. */
  Optional<String> user() {
    return user;
  }

  /** The usual answer to an AUTH command, or to a response while an exchange is under way. */
  Answer answer(String argument, boolean greeted, boolean inTransaction) {
    if (underWay()) {
      return response(argument);
    }
    if (!greeted || inTransaction || user.isPresent()) {
      return Answer.say("503 5.5.1 AUTH is not allowed here");
    }
    return options.offers(Extension.AUTH) ? begin(argument) : Answer.say("502 5.5.1 Not offered");
  }

  /** Applies the answer that the client gets. */
  void settle(Answer answer) {
    if (answer.code() == 334) {
      return;
    }
    exchange = Optional.empty();
    if (answer.code() == 235) {
      user = proved.or(() -> Optional.of("any-user"));
    }
    proved = Optional.empty();
  }

  private Answer begin(String argument) {
    String[] words = argument.split(" ", 2);
    Sasl sasl =
        new Sasl(
            words[0],
            options.accounts(),
            "<" + connection + "." + System.nanoTime() + "@localhost>");
    if (!sasl.known()) {
      return Answer.say("504 5.5.4 Unknown mechanism");
    }
    exchange = Optional.of(sasl);
    return words.length == 1 ? answer(sasl.begin()) : response(words[1]);
  }

  private Answer response(String base64) {
    if (base64.equals("*")) {
      return Answer.say("501 5.7.0 Cancelled");
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(base64.equals("=") ? "" : base64);
      return answer(exchange.orElseThrow().next(bytes));
    } catch (IllegalArgumentException e) {
      return Answer.say("501 5.5.2 Not base64");
    }
  }

  private Answer answer(Sasl.Step step) {
    if (step.challenge().isPresent()) {
      byte[] challenge = step.challenge().get().getBytes(StandardCharsets.UTF_8);
      return Answer.say("334 " + Base64.getEncoder().encodeToString(challenge));
    }
    proved = step.user();
    return proved.isPresent()
        ? Answer.say("235 2.7.0 Welcome")
        : Answer.say("535 5.7.8 Wrong user or password");
  }
}
