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
 * All commands, each made when it is needed: to read the annotations of all of them takes a third
 * of the time that a short command takes.
 */
final class CommandRegistry {

  private static final String COMPLETION = "completion";

  private final CommandContext commandContext;
  private final Map<String, Supplier<CommandLine>> commands = new LinkedHashMap<>();

  CommandRegistry(CommandContext commandContext) {
    this.commandContext = commandContext;
    list("enqueue", () -> new EnqueueCommand(commandContext));
    list("cancel", () -> new CancelCommand(commandContext));
    list("guard", () -> new GuardCommand(commandContext));
    list("stats", () -> new StatsCommand(commandContext));
    list("tail", () -> new TailCommand(commandContext));
    commands.put("dead", this::dead);
    commands.put("held", this::held);
    list("queue", () -> new QueueCommand(commandContext));
    list("doctor", () -> new DoctorCommand(commandContext));
    list("schema", () -> new SchemaCommand(commandContext));
    list("demo", () -> new DemoCommand(commandContext));
    list("bench", () -> new BenchCommand(commandContext));
    list("healthcheck", () -> new HealthcheckCommand(commandContext));
  }

  private void list(String name, Supplier<Object> command) {
    commands.put(name, () -> new CommandLine(command.get()));
  }

  /**
   * The program with one of its commands, or with all.
   *
   * @param wanted the command that was typed; if there is none such, all are needed to say so
   */
  CommandLine commandLine(Optional<String> wanted) {
    CommandLine program = new CommandLine(new PostriderCommand());
    Optional<String> one = wanted.filter(commands::containsKey);
    if (one.isPresent()) {
      return program.addSubcommand(one.get(), commands.get(one.get()).get());
    }
    commands.forEach((name, command) -> program.addSubcommand(name, command.get()));
    CommandLine completion = new CommandLine(new GenerateCompletion());
    completion.getCommandSpec().usageMessage().hidden(false);
    return program.addSubcommand(COMPLETION, completion);
  }

  private CommandLine dead() {
    return buried(
        DeadLetterStream.Kind.DEAD,
        "Shows mail that was given up; retries or discards it.",
        "exhausted");
  }

  private CommandLine held() {
    return buried(
        DeadLetterStream.Kind.HELD,
        "Shows mail of which nobody knows whether the server has it; retries or discards it.",
        "unknown");
  }

  private CommandLine buried(DeadLetterStream.Kind kind, String description, String reason) {
    CommandLine line = new CommandLine(new DeadLetterCommand(commandContext, kind));
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
