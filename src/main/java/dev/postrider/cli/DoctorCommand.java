package dev.postrider.cli;

import dev.postrider.delivery.Route;
import dev.postrider.delivery.RouteProbe;
import dev.postrider.doctor.Diagnosis;
import dev.postrider.doctor.Doctor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code doctor}: what this installation lacks, and what to do about it. */
@Command(
    name = "doctor",
    description = {
      "Looks at Redis, the queues, the routes and the sender domains; changes nothing.",
      "Routes are asked to let us in (connect, TLS, login); no mail is sent.",
      "Exit status 1 if anything is FAIL."
    },
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

  private final CommandContext commandContext;

  @Option(
      names = "--domain",
      paramLabel = "DOMAIN",
      description = "A domain that mail comes from (default: those of quarkus.mailer.from).")
  private List<String> domains = List.of();

  @Option(names = "--no-routes", description = "Leaves the mail servers alone.")
  private boolean noRoutes;

  @Option(names = "--queue", paramLabel = "QUEUE", description = "This queue only.")
  private Optional<String> queue = Optional.empty();

  @Mixin private OutputOption output;

  DoctorCommand(CommandContext commandContext) {
    this.commandContext = commandContext;
  }

  @Override
  public Integer call() {
    List<String> queues = commandContext.queuesOf(queue);
    Doctor doctor =
        Doctor.create()
            .queues(commandContext.link(), commandContext.plan().queueSettings(), queues);
    RouteProbe routes = commandContext.routes();
    if (!noRoutes) {
      doctor.routes(routes);
    }
    doctor.domains(commandContext.vertx(), named(routes));
    List<Diagnosis> diagnoses = commandContext.await(doctor.examine());
    boolean failed = diagnoses.stream().anyMatch(DoctorCommand::fails);
    if (output.json()) {
      commandContext.terminal().print(JsonText.of(json(diagnoses, failed)));
    } else {
      diagnoses.forEach(this::print);
    }
    return failed ? Exit.FAILED : Exit.DONE;
  }

  private List<String> named(RouteProbe routes) {
    Stream<String> usual =
        routes.routes().stream().map(Route::senderDomain).flatMap(Optional::stream);
    return (domains.isEmpty() ? usual : domains.stream()).distinct().toList();
  }

  private static boolean fails(Diagnosis diagnosis) {
    return diagnosis.grade() == Diagnosis.Grade.FAIL;
  }

  private void print(Diagnosis diagnosis) {
    Ansi ansi = commandContext.terminal().colors() ? Ansi.ON : Ansi.OFF;
    String grade =
        ansi.string("@|%s %-4s|@".formatted(color(diagnosis.grade()), diagnosis.grade()));
    commandContext.terminal().print(grade + "  " + diagnosis.subject() + ": " + diagnosis.detail());
    if (!diagnosis.advice().isEmpty()) {
      commandContext.terminal().print("      " + diagnosis.advice());
    }
  }

  private static String color(Diagnosis.Grade grade) {
    return switch (grade) {
      case OK -> "green";
      case WARN -> "yellow";
      case FAIL -> "bold,red";
    };
  }

  private static Map<String, Object> json(List<Diagnosis> diagnoses, boolean failed) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("healthy", !failed);
    json.put("findings", diagnoses.stream().map(DoctorCommand::json).toList());
    return json;
  }

  private static Map<String, Object> json(Diagnosis diagnosis) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("grade", diagnosis.grade().name());
    json.put("subject", diagnosis.subject());
    json.put("detail", diagnosis.detail());
    json.put("advice", diagnosis.advice().isEmpty() ? null : diagnosis.advice());
    return json;
  }
}
