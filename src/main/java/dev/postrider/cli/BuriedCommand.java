package dev.postrider.cli;

import dev.postrider.queue.Plot;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dead} and {@code held}: what lies there, and what becomes of it. */
@Command(mixinStandardHelpOptions = true)
final class BuriedCommand implements Runnable {

  private final Desk desk;
  private final Plot.Kind kind;

  @Mixin private GraveFilter filter;
  @Mixin private LimitOption limit;
  @Mixin private OutputOption output;

  BuriedCommand(Desk desk, Plot.Kind kind) {
    this.desk = desk;
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
  int list(@Mixin GraveFilter wanted, @Mixin LimitOption atMost, @Mixin OutputOption form) {
    return new GraveList(desk, kind).show(wanted, atMost.value(), form);
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
    return new GraveList(desk, kind).showOne(id, queue, form);
  }

  @Command(
      name = "retry",
      description = "Puts mail back into its queue; its attempts begin anew.",
      mixinStandardHelpOptions = true)
  int retry(@Mixin GraveChoice choice, @Mixin OutputOption form) {
    return new GraveWork(desk, kind, GraveWork.Action.RETRY).run(choice, form);
  }

  @Command(
      name = "discard",
      description = "Removes mail for good.",
      mixinStandardHelpOptions = true)
  int discard(@Mixin GraveChoice choice, @Mixin OutputOption form) {
    return new GraveWork(desk, kind, GraveWork.Action.DISCARD).run(choice, form);
  }

  @Command(
      name = "export",
      description = "Prints the JSON of each mail, one a line; enqueue reads it.",
      mixinStandardHelpOptions = true)
  int export(@Mixin GraveFilter wanted) {
    return new GraveList(desk, kind).export(wanted);
  }
}
