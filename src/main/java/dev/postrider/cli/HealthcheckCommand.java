package dev.postrider.cli;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code healthcheck}: is the worker of this machine ready? For containers without a shell. */
@Command(
    name = "healthcheck",
    description = "Asks the worker on this machine whether it is ready: exit status 0 or 1.",
    mixinStandardHelpOptions = true)
final class HealthcheckCommand implements Callable<Integer> {

  private final CommandContext commandContext;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "What to ask (default: /q/health/ready at the port of QUARKUS_HTTP_PORT).")
  private Optional<URI> url = Optional.empty();

  HealthcheckCommand(CommandContext commandContext) {
    this.commandContext = commandContext;
  }

  @Override
  public Integer call() {
    return url.map(HealthProbe::new)
        .orElseGet(HealthProbe::ofProcess)
        .run(commandContext.terminal());
  }
}
