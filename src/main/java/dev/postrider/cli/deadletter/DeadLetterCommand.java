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

/** {@code dead} and {@code held}: lists such mail, retries or discards it. */
@Command(mixinStandardHelpOptions = true)
public final class DeadLetterCommand implements Runnable {

  private final CommandContext context;
  private final DeadLetterStream.Kind kind;

  @Mixin private DeadLetterFilter filter;
  @Mixin private LimitOption limit;
  @Mixin private OutputOption output;

  public DeadLetterCommand(CommandContext context, DeadLetterStream.Kind kind) {
    this.context = context;
    this.kind = kind;
  }

  @Override
  public void run() {
    list(filter, limit, output);
  }

  @Command(
      name = "list",
      description = "Lists the mail, the newest first; the default.",
      mixinStandardHelpOptions = true)
  int list(@Mixin DeadLetterFilter mails, @Mixin LimitOption most, @Mixin OutputOption format) {
    return new DeadLetterList(context, kind).list(mails, most.value(), format);
  }

  @Command(
      name = "show",
      description = "Shows one mail with its reason and its JSON.",
      mixinStandardHelpOptions = true)
  int show(
      @Parameters(paramLabel = "ID", description = "Id of the mail or of its entry.") String id,
      @Option(names = "--queue", paramLabel = "QUEUE", description = "Of this queue only.")
          Optional<String> queue,
      @Mixin OutputOption format) {
    return new DeadLetterList(context, kind).show(id, queue, format);
  }

  @Command(
      name = "retry",
      description = "Puts mail back into its queue; attempts are counted from 0 again.",
      mixinStandardHelpOptions = true)
  int retry(@Mixin DeadLetterSelection selection, @Mixin OutputOption format) {
    return new DeadLetterAction(context, kind, DeadLetterAction.Action.RETRY)
        .run(selection, format);
  }

  @Command(name = "discard", description = "Deletes mail.", mixinStandardHelpOptions = true)
  int discard(@Mixin DeadLetterSelection selection, @Mixin OutputOption format) {
    return new DeadLetterAction(context, kind, DeadLetterAction.Action.DISCARD)
        .run(selection, format);
  }

  @Command(
      name = "export",
      description = "Prints the JSON of each mail on one line, as enqueue reads it.",
      mixinStandardHelpOptions = true)
  int export(@Mixin DeadLetterFilter mails) {
    return new DeadLetterList(context, kind).export(mails);
  }
}
