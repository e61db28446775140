package dev.postrider.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * The reference page of the commands says what the commands say of themselves. The sub-commands of
 * {@code held} are those of {@code dead} and are described once, there.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReferencePageTest {

  private static final Path PAGE = Path.of("src/site/markdown/reference/cli.md");
  private static final Path FRESH = Path.of("target/cli.md");
  private static final String BEGIN = "## Commands\n";
  private static final String DESCRIBED = "dead";
  private static final String THE_SAME = "held";

  @Test
  void the_page_shows_the_help_of_every_command() throws IOException {
    String written = Files.readString(PAGE);
    int begin = written.indexOf(BEGIN) + BEGIN.length();
    StringBuilder fresh = new StringBuilder(written.substring(0, begin));
    program(line -> line.getSubcommands().forEach((name, command) -> add(fresh, command, name)));
    Files.writeString(FRESH, fresh);
    assertEquals(fresh.toString(), written, "Commands have changed: copy " + FRESH + " to " + PAGE);
  }

  @Test
  void the_commands_that_the_page_describes_once_are_the_same() {
    program(
        line -> {
          Map<String, CommandLine> held = line.getSubcommands().get(THE_SAME).getSubcommands();
          Map<String, CommandLine> dead = line.getSubcommands().get(DESCRIBED).getSubcommands();
          assertEquals(dead.keySet(), held.keySet());
          dead.forEach((name, command) -> assertEquals(help(command), asDead(held.get(name))));
        });
  }

  private static void program(Consumer<CommandLine> check) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Terminal terminal = new Terminal(InputStream.nullInputStream(), nowhere, nowhere, false, false);
    try (CommandContext commandContext = new CommandContext(terminal, Map.of())) {
      check.accept(Cli.commandLine(commandContext));
    }
  }

  private static void add(StringBuilder page, CommandLine command, String name) {
    String heading = command.getCommandSpec().qualifiedName();
    page.append("\n### ").append(heading).append("\n\n```text\n").append(help(command));
    page.append("\n```\n");
    if (!name.equals(THE_SAME)) {
      command.getSubcommands().forEach((inner, one) -> add(page, one, inner));
    }
  }

  private static String asDead(CommandLine command) {
    return help(command).replace("postrider " + THE_SAME, "postrider " + DESCRIBED);
  }

  private static String help(CommandLine command) {
    return command.getUsageMessage(Ansi.OFF).stripTrailing();
  }
}
