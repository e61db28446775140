package dev.postrider.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.postrider.docs.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Commands that the documentation tells people to type are ones that this program takes. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CommandsOfPagesTest {

  /** In a code span, at the start of a line of a block, or behind a pipe. */
  private static final Pattern COMMAND =
      Pattern.compile("(?m)(?:`|^|^ {4}|\\| )postrider ([a-z][^`\\n|>$)]*)");

  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  @Test
  void each_can_be_read() throws IOException {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Terminal terminal = new Terminal(InputStream.nullInputStream(), nowhere, nowhere, false, false);
    List<String> commands =
        Page.all().stream()
            .flatMap(page -> COMMAND.matcher(page.text()).results())
            .map(match -> match.group(1))
            .filter(command -> !command.contains("["))
            .toList();
    assertFalse(commands.isEmpty(), "commands");
    try (CommandContext context = new CommandContext(terminal, Map.of())) {
      CommandLine line = Cli.commandLine(context);
      commands.forEach(command -> parses(line, command));
    }
  }

  private static void parses(CommandLine line, String command) {
    assertDoesNotThrow(() -> line.parseArgs(words(command)), command);
  }

  private static String[] words(String command) {
    return WORD.matcher(command).results().map(CommandsOfPagesTest::word).toArray(String[]::new);
  }

  private static String word(MatchResult match) {
    return match.group(1) == null ? match.group(2) : match.group(1);
  }
}
