package dev.postrider.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code schema}: prints the JSON Schema of a mail. */
@Command(
    name = "schema",
    description = "Prints the JSON Schema of a mail.",
    mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {

  private static final String RESOURCE = "/schema/mail.schema.json";

  private final CommandContext context;

  SchemaCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (InputStream in = SchemaCommand.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw Exit.failed("This package lacks " + RESOURCE + ": build it again.");
      }
      context
          .terminal()
          .print(new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing());
      return Exit.DONE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
