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

/** {@code doctor}: checks the installation and says what to correct. */
@Command(
    name = "doctor",
    description = {
      "Checks Redis, the queues, the routes and the sender domains; changes nothing.",
      "Connects and logs in to the servers of the routes; sends no mail.",
      "Exit status 1 if anything is FAIL."
    },
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

  private final CommandContext context;

  @Option(
      names = "--domain",
      paramLabel = "DOMAIN",
      description = "A sender domain (default: those of quarkus.mailer.from).")
  private List<String> domains = List.of();

  @Option(names = "--no-routes", description = "Does not connect to the mail servers.")
  private boolean noRoutes;

  @Option(names = "--queue", paramLabel = "QUEUE", description = "This queue only.")
  private Optional<String> queue = Optional.empty();

  @Mixin private OutputOption output;

  DoctorCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    List<String> queues = context.queuesOf(queue);
    Doctor doctor =
        Doctor.create().queues(context.link(), context.workerSettings().queueSettings(), queues);
    RouteProbe routes = context.routeProbe();
    if (!noRoutes) {
      doctor.routes(routes);
    }
    doctor.domains(context.vertx(), senderDomains(routes));
    List<Diagnosis> diagnoses = context.await(doctor.examine());
    boolean failed = diagnoses.stream().anyMatch(DoctorCommand::fails);
    if (output.json()) {
      context.terminal().print(JsonText.of(json(diagnoses, failed)));
    } else {
      diagnoses.forEach(this::print);
    }
    return failed ? Exit.FAILED : Exit.DONE;
  }

  private List<String> senderDomains(RouteProbe routes) {
    Stream<String> configured =
        routes.routes().stream().map(Route::senderDomain).flatMap(Optional::stream);
    return (domains.isEmpty() ? configured : domains.stream()).distinct().toList();
  }

  private static boolean fails(Diagnosis diagnosis) {
    return diagnosis.grade() == Diagnosis.Grade.FAIL;
  }

  private void print(Diagnosis diagnosis) {
    Ansi ansi = context.terminal().colors() ? Ansi.ON : Ansi.OFF;
    String grade =
        ansi.string("@|%s %-4s|@".formatted(color(diagnosis.grade()), diagnosis.grade()));
    context.terminal().print(grade + "  " + diagnosis.subject() + ": " + diagnosis.detail());
    if (!diagnosis.advice().isEmpty()) {
      context.terminal().print("      " + diagnosis.advice());
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
