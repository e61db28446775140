package dev.postrider.cli;

import dev.postrider.delivery.Route;
import dev.postrider.delivery.RouteProbe;
import dev.postrider.doctor.Doctor;
import dev.postrider.doctor.Finding;
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

  private final Desk desk;

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

  DoctorCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    List<String> queues = desk.queuesOf(queue);
    Doctor doctor = Doctor.idle().queues(desk.link(), desk.plan().queueSettings(), queues);
    RouteProbe routes = desk.routes();
    if (!noRoutes) {
      doctor.routes(routes);
    }
    doctor.domains(desk.vertx(), named(routes));
    List<Finding> findings = desk.await(doctor.examine());
    boolean failed = findings.stream().anyMatch(DoctorCommand::fails);
    if (output.json()) {
      desk.terminal().print(JsonText.of(json(findings, failed)));
    } else {
      findings.forEach(this::print);
    }
    return failed ? Exit.FAILED : Exit.DONE;
  }

  private List<String> named(RouteProbe routes) {
    Stream<String> usual =
        routes.routes().stream().map(Route::senderDomain).flatMap(Optional::stream);
    return (domains.isEmpty() ? usual : domains.stream()).distinct().toList();
  }

  private static boolean fails(Finding finding) {
    return finding.grade() == Finding.Grade.FAIL;
  }

  private void print(Finding finding) {
    Ansi ansi = desk.terminal().colors() ? Ansi.ON : Ansi.OFF;
    String grade = ansi.string("@|%s %-4s|@".formatted(color(finding.grade()), finding.grade()));
    desk.terminal().print(grade + "  " + finding.subject() + ": " + finding.detail());
    if (!finding.advice().isEmpty()) {
      desk.terminal().print("      " + finding.advice());
    }
  }

  private static String color(Finding.Grade grade) {
    return switch (grade) {
      case OK -> "green";
      case WARN -> "yellow";
      case FAIL -> "bold,red";
    };
  }

  private static Map<String, Object> json(List<Finding> findings, boolean failed) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("healthy", !failed);
    json.put("findings", findings.stream().map(DoctorCommand::json).toList());
    return json;
  }

  private static Map<String, Object> json(Finding finding) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("grade", finding.grade().name());
    json.put("subject", finding.subject());
    json.put("detail", finding.detail());
    json.put("advice", finding.advice().isEmpty() ? null : finding.advice());
    return json;
  }
}
