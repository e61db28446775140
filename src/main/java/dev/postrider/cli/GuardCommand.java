package dev.postrider.cli;

import dev.postrider.guard.Guards;
import dev.postrider.mail.NameRules;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code guard}: shows or raises the version of a topic. */
@Command(
    name = "guard",
    description =
        "Shows the version of a topic, or raises it, which voids all mail that waits for it.",
    mixinStandardHelpOptions = true)
final class GuardCommand implements Callable<Integer> {

  /** What the command can do with a topic. */
  enum Action {
    BUMP;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final CommandContext context;

  @Parameters(index = "0", paramLabel = "TOPIC", description = "Such as offer:123.")
  private String topic;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "bump",
      description = "Raises the version: mail for an earlier version is skipped.")
  private Optional<Action> action = Optional.empty();

  @Mixin private OutputOption output;

  GuardCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (!NameRules.isTopic(topic)) {
      throw Exit.wrongUsage("A topic matches %s.".formatted(NameRules.TOPIC));
    }
    Guards guards =
        new Guards(context.link(), context.prefix(), context.settings().idempotency().keep());
    long version = context.await(action.isPresent() ? guards.bump(topic) : guards.version(topic));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("topic", topic);
    json.put("version", version);
    output.print(context.terminal(), topic + " is at version " + version, json);
    return Exit.DONE;
  }
}
