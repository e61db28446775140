package dev.postrider.cli;

import dev.postrider.cli.deadletter.DeadLetterCommand;
import dev.postrider.cli.demo.BenchCommand;
import dev.postrider.cli.demo.DemoCommand;
import dev.postrider.cli.enqueue.EnqueueCommand;
import dev.postrider.queue.deadletter.DeadLetterStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;

/**
 * All commands, each created when it is needed: reading the annotations of all takes a third of the
 * run time of a short command.
 */
final class CommandRegistry {

  private static final String COMPLETION = "completion";

  private final CommandContext context;
  private final Map<String, Supplier<CommandLine>> commands = new LinkedHashMap<>();

  CommandRegistry(CommandContext context) {
    this.context = context;
    add("enqueue", () -> new EnqueueCommand(context));
    add("cancel", () -> new CancelCommand(context));
    add("guard", () -> new GuardCommand(context));
    add("stats", () -> new StatsCommand(context));
    add("tail", () -> new TailCommand(context));
    commands.put("dead", this::dead);
    commands.put("held", this::held);
    add("queue", () -> new QueueCommand(context));
    add("doctor", () -> new DoctorCommand(context));
    add("schema", () -> new SchemaCommand(context));
    add("demo", () -> new DemoCommand(context));
    add("bench", () -> new BenchCommand(context));
    add("healthcheck", () -> new HealthcheckCommand(context));
  }

  private void add(String name, Supplier<Object> command) {
    commands.put(name, () -> new CommandLine(command.get()));
  }

  /**
   * The program with one command, or with all.
   *
   * @param name of the command; with an unknown one all are needed, for suggestions
   */
  CommandLine commandLine(Optional<String> name) {
    CommandLine program = new CommandLine(new PostriderCommand());
    Optional<String> known = name.filter(commands::containsKey);
    if (known.isPresent()) {
      return program.addSubcommand(known.get(), commands.get(known.get()).get());
    }
    commands.forEach((each, command) -> program.addSubcommand(each, command.get()));
    CommandLine completion = new CommandLine(new GenerateCompletion());
    completion.getCommandSpec().usageMessage().hidden(false);
    return program.addSubcommand(COMPLETION, completion);
  }

  private CommandLine dead() {
    return deadLetters(
        DeadLetterStream.Kind.DEAD,
        "Lists mail that cannot be sent; retries or discards it.",
        "exhausted");
  }

  private CommandLine held() {
    return deadLetters(
        DeadLetterStream.Kind.HELD,
        "Lists mail that may have been sent already; retries or discards it.",
        "unknown");
  }

  private CommandLine deadLetters(DeadLetterStream.Kind kind, String description, String reason) {
    CommandLine line = new CommandLine(new DeadLetterCommand(context, kind));
    line.getCommandSpec()
        .usageMessage()
        .description(description)
        .footer(
            "",
            "  postrider %s retry --all --reason %s".formatted(kind.word(), reason),
            "  postrider %s export > mails.ndjson".formatted(kind.word()));
    return line;
  }
}
