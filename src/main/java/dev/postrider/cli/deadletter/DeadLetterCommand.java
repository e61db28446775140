package dev.postrider.cli.deadletter;

import dev.postrider.cli.CommandContext;
import dev.postrider.cli.LimitOption;
import dev.postrider.cli.OutputOption;
import dev.postrider.queue.deadletter.DeadLetterStream;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dead} and {@code held}: what lies there, and what becomes of it. */
@Command(mixinStandardHelpOptions = true)
public final class DeadLetterCommand implements Runnable {

  private final CommandContext commandContext;
  private final DeadLetterStream.Kind kind;

  @Mixin private DeadLetterFilter filter;
  @Mixin private LimitOption limit;
  @Mixin private OutputOption output;

  public DeadLetterCommand(CommandContext commandContext, DeadLetterStream.Kind kind) {
    this.commandContext = commandContext;
    this.kind = kind;
  }

  @Override
  public void run() {
    list(filter, limit, output);
  }

  @Command(
      name = "list",
      description = "Lists it, the newest first: the same as no sub-command.",
      mixinStandardHelpOptions = true)
  int list(@Mixin DeadLetterFilter wanted, @Mixin LimitOption atMost, @Mixin OutputOption form) {
    return new DeadLetterList(commandContext, kind).show(wanted, atMost.value(), form);
  }

  @Command(
      name = "show",
      description = "Shows one mail: why it lies there, and its JSON.",
      mixinStandardHelpOptions = true)
  int show(
      @Parameters(paramLabel = "ID", description = "The mail's, or its entry's.") String id,
      @Option(names = "--queue", paramLabel = "QUEUE", description = "Of this queue only.")
          Optional<String> queue,
      @Mixin OutputOption form) {
    return new DeadLetterList(commandContext, kind).showOne(id, queue, form);
  }

  @Command(
      name = "retry",
      description = "Puts mail back into its queue; its attempts begin anew.",
      mixinStandardHelpOptions = true)
  int retry(@Mixin DeadLetterSelection choice, @Mixin OutputOption form) {
    return new DeadLetterAction(commandContext, kind, DeadLetterAction.Action.RETRY)
        .run(choice, form);
  }

  @Command(
      name = "discard",
      description = "Removes mail for good.",
      mixinStandardHelpOptions = true)
  int discard(@Mixin DeadLetterSelection choice, @Mixin OutputOption form) {
    return new DeadLetterAction(commandContext, kind, DeadLetterAction.Action.DISCARD)
        .run(choice, form);
  }

  @Command(
      name = "export",
      description = "Prints the JSON of each mail, one a line; enqueue reads it.",
      mixinStandardHelpOptions = true)
  int export(@Mixin DeadLetterFilter wanted) {
    return new DeadLetterList(commandContext, kind).export(wanted);
  }
}
