package dev.postrider.api;

import dev.postrider.api.auth.Roles;
import dev.postrider.api.reply.DoctorReply;
import dev.postrider.delivery.Route;
import dev.postrider.delivery.RouteProbe;
import dev.postrider.doctor.Doctor;
import dev.postrider.redis.connection.Link;
import dev.postrider.worker.WorkerSettings;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The doctor: what this installation lacks. Those who ask meanwhile hear the same answer. */
@Path("/api/v1/doctor")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "doctor", description = "What this installation lacks, and what to do about it")
public class DoctorResource {

  /** Whoever presses a key all the time does not make us knock at servers all the time. */
  private static final Duration CACHE_TIME = Duration.ofSeconds(5);

  private final Uni<DoctorReply> diagnosis;

  DoctorResource(Link link, WorkerSettings workerSettings, RouteProbe routes, Vertx vertx) {
    List<String> domains =
        routes.routes().stream()
            .map(Route::senderDomain)
            .flatMap(Optional::stream)
            .distinct()
            .toList();
    this.diagnosis =
        Doctor.create()
            .queues(link, workerSettings.queueSettings(), workerSettings.queues())
            .routes(routes)
            .domains(vertx, domains)
            .examine()
            .map(DoctorReply::of)
            .memoize()
            .forFixedDuration(CACHE_TIME);
  }

  @GET
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "consultDoctor",
      summary = "What this installation lacks",
      description =
          "Looks at Redis, the queues, the routes (connect, TLS, login; no mail is sent) and the"
              + " sender domains. The same as the command doctor. An answer is kept for 5 s.")
  @APIResponse(responseCode = "200", description = "Findings, each with its advice")
  public Uni<DoctorReply> examine() {
    return diagnosis;
  }
}
