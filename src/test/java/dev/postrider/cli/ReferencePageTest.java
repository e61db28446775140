package dev.postrider.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The reference page of the commands says what the commands say of themselves. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReferencePageTest {

  private static final Path PAGE = Path.of("src/site/markdown/reference/cli.md");
  private static final Path FRESH = Path.of("target/cli.md");
  private static final String BEGIN = "## Commands\n";

  @Test
  void the_page_shows_the_help_of_every_command() throws IOException {
    String written = Files.readString(PAGE);
    int begin = written.indexOf(BEGIN) + BEGIN.length();
    StringBuilder fresh = new StringBuilder(written.substring(0, begin));
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Terminal terminal = new Terminal(InputStream.nullInputStream(), nowhere, nowhere, false, false);
    try (CommandContext commandContext = new CommandContext(terminal, Map.of())) {
      Cli.commandLine(commandContext)
          .getSubcommands()
          .values()
          .forEach(command -> add(fresh, command));
    }
    Files.writeString(FRESH, fresh);
    assertEquals(fresh.toString(), written, "Commands have changed: copy " + FRESH + " to " + PAGE);
  }

  private static void add(StringBuilder page, CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    String help = command.getUsageMessage(Ansi.OFF).stripTrailing();
    page.append("\n### ").append(name).append("\n\n```text\n").append(help).append("\n```\n");
    command.getSubcommands().values().forEach(one -> add(page, one));
  }
}
