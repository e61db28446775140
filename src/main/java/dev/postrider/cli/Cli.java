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

/** The command line: finds the command, runs it, prints in one sentence why it failed. */
public final class Cli {

  private final Terminal terminal;
  private final Map<String, String> overrides;

  /**
   * @param overrides settings that take precedence over all others
   */
  Cli(Terminal terminal, Map<String, String> overrides) {
    this.terminal = terminal;
    this.overrides = overrides;
  }

  /**
   * Runs a command of this process.
   *
   * @return 0 done, 1 failed, 2 wrong usage
   */
  public static int run(String... arguments) {
    Terminal terminal = Terminal.ofProcess();
    return HealthProbe.isRequested(arguments)
        ? HealthProbe.ofProcess().run(terminal)
        : new Cli(terminal, Map.of()).execute(arguments);
  }

  int execute(String... arguments) {
    try (CommandContext context = new CommandContext(terminal, overrides)) {
      return commandLine(context, Stream.of(arguments).findFirst()).execute(arguments);
    }
  }

  /** All commands, for the reference page. */
  static CommandLine commandLine(CommandContext context) {
    return commandLine(context, Optional.empty());
  }

  private static CommandLine commandLine(CommandContext context, Optional<String> name) {
    Terminal terminal = context.terminal();
    return new CommandRegistry(context)
        .commandLine(name)
        .setOut(new PrintWriter(terminal.out(), true))
        .setErr(new PrintWriter(terminal.err(), true))
        .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colors() ? Ansi.ON : Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((error, arguments) -> reportUsage(error, terminal))
        .setExecutionExceptionHandler((error, command, parsed) -> reportFailure(error, terminal));
  }

  private static int reportUsage(ParameterException error, Terminal terminal) {
    String name = error.getCommandLine().getCommandSpec().qualifiedName();
    terminal.message("%s: %s".formatted(name, oneLine(error.getMessage())));
    terminal.message("Try: %s --help".formatted(name));
    return Exit.WRONG_USAGE;
  }

  private static int reportFailure(Exception error, Terminal terminal) {
    terminal.message("postrider: " + explain(error));
    return error instanceof Exit exit ? exit.status() : Exit.FAILED;
  }

  private static String explain(Exception error) {
    if (error instanceof Exit) {
      return error.getMessage();
    }
    if (error instanceof ConfigurationException || error instanceof ConfigValidationException) {
      return "The settings are invalid: " + withoutCodes(error.getMessage());
    }
    if (RedisUnavailable.isTemporary(error)) {
      return "Redis is not ready (%s); try again.".formatted(error.getMessage());
    }
    return "Unexpected error: %s.".formatted(oneLine(String.valueOf(error.getMessage())));
  }

  /** Without the class names and codes of the configuration library. */
  private static String withoutCodes(String message) {
    return oneLine(
        message.replaceAll("Configuration validation failed:|[\\w.]+Exception: |SRCFG\\d+: ", ""));
  }

  private static String oneLine(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
