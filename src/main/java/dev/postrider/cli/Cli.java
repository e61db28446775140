package dev.postrider.cli;

import dev.postrider.redis.RedisUnavailable;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** The command line as a whole: finds the command, runs it, says in one sentence what failed. */
public final class Cli {

  private final Terminal terminal;
  private final Map<String, String> settings;

  /**
   * @param settings that win over all others
   */
  Cli(Terminal terminal, Map<String, String> settings) {
    this.terminal = terminal;
    this.settings = settings;
  }

  /**
   * Runs a command of this process.
   *
   * @return 0 done, 1 failed, 2 wrong usage
   */
  public static int run(String... arguments) {
    Terminal terminal = Terminal.ofProcess();
    return HealthProbe.wanted(arguments)
        ? HealthProbe.ofProcess().run(terminal)
        : new Cli(terminal, Map.of()).execute(arguments);
  }

  int execute(String... arguments) {
    try (CommandContext commandContext = new CommandContext(terminal, settings)) {
      return commandLine(commandContext, Stream.of(arguments).findFirst()).execute(arguments);
    }
  }

  /** All commands, for the reference page. */
  static CommandLine commandLine(CommandContext commandContext) {
    return commandLine(commandContext, Optional.empty());
  }

  private static CommandLine commandLine(CommandContext commandContext, Optional<String> wanted) {
    Terminal terminal = commandContext.terminal();
    return new CommandRegistry(commandContext)
        .commandLine(wanted)
        .setOut(new PrintWriter(terminal.out(), true))
        .setErr(new PrintWriter(terminal.err(), true))
        .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colors() ? Ansi.ON : Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((fault, given) -> misused(fault, terminal))
        .setExecutionExceptionHandler((fault, command, parsed) -> failed(fault, terminal));
  }

  private static int misused(ParameterException fault, Terminal terminal) {
    String name = fault.getCommandLine().getCommandSpec().qualifiedName();
    terminal.note("%s: %s".formatted(name, sentence(fault.getMessage())));
    terminal.note("Try: %s --help".formatted(name));
    return Exit.WRONG_USAGE;
  }

  private static int failed(Exception fault, Terminal terminal) {
    terminal.note("postrider: " + explained(fault));
    return fault instanceof WrongUsage ? Exit.WRONG_USAGE : Exit.FAILED;
  }

  private static String explained(Exception fault) {
    if (fault instanceof CommandFailed || fault instanceof WrongUsage) {
      return fault.getMessage();
    }
    if (fault instanceof ConfigurationException || fault instanceof ConfigValidationException) {
      return "These settings cannot be; correct them: " + plain(fault.getMessage());
    }
    if (RedisUnavailable.isTemporary(fault)) {
      return "Redis cannot serve just now (%s); try again.".formatted(fault.getMessage());
    }
    return "Unexpected: %s.".formatted(sentence(String.valueOf(fault.getMessage())));
  }

  /** Without the words that only programmers read. */
  private static String plain(String message) {
    return sentence(
        message.replaceAll("Configuration validation failed:|[\\w.]+Exception: |SRCFG\\d+: ", ""));
  }

  /** On one line, whatever it was. */
  private static String sentence(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
