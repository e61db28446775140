package dev.postrider.cli;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code healthcheck}: asks the worker on this machine whether it is ready, without a shell. */
@Command(
    name = "healthcheck",
    description = "Asks the worker on this machine whether it is ready: exit status 0 or 1.",
    mixinStandardHelpOptions = true)
final class HealthcheckCommand implements Callable<Integer> {

  private final CommandContext context;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Address (default: /q/health/ready at the port of QUARKUS_HTTP_PORT).")
  private Optional<URI> url = Optional.empty();

  HealthcheckCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return url.map(HealthProbe::new).orElseGet(HealthProbe::ofProcess).run(context.terminal());
  }
}
