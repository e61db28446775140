package dev.postrider.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program itself. Without arguments it is the worker, so here a command is missing. */
@Command(
    name = "postrider",
    description = "Sends mail from a queue. Without a command it is the worker.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "[COMMAND]",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Settings are those of the worker: QUARKUS_REDIS_HOSTS, QUARKUS_MAILER_*, POSTRIDER_*.",
      "Exit status: 0 done, 1 failed, 2 wrong usage."
    })
final class PostriderCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing.");
  }
}
