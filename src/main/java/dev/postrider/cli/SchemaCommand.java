package dev.postrider.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code schema}: the JSON Schema of a mail, for editors and for the tests of producers. */
@Command(
    name = "schema",
    description = "Prints the JSON Schema of a mail.",
    mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {

  private static final String RESOURCE = "/schema/mail.schema.json";

  private final CommandContext commandContext;

  SchemaCommand(CommandContext commandContext) {
    this.commandContext = commandContext;
  }

  @Override
  public Integer call() {
    try (InputStream in = SchemaCommand.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new CommandFailed("This package lacks " + RESOURCE + ": build it anew.");
      }
      commandContext
          .terminal()
          .print(new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing());
      return Exit.DONE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
