package dev.postrider.api;

import dev.postrider.api.auth.Roles;
import dev.postrider.api.reply.DoctorReply;
import dev.postrider.delivery.Route;
import dev.postrider.delivery.RouteProbe;
import dev.postrider.delivery.route.RouteHealths;
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

/** {@code /api/v1/doctor}: diagnoses of this installation. Calls at the same time share a run. */
@Path("/api/v1/doctor")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "doctor", description = "Problems of this installation, and what to do about them")
public class DoctorResource {

  /** Limits how often repeated calls make the worker connect to mail servers. */
  private static final Duration CACHE_TIME = Duration.ofSeconds(5);

  private final Uni<DoctorReply> diagnosis;

  DoctorResource(
      Link link,
      WorkerSettings workerSettings,
      RouteProbe routes,
      RouteHealths healths,
      Vertx vertx) {
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
            .health(healths)
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
      summary = "Check this installation",
      description =
          "Checks Redis, the queues, the routes (connect, TLS, login; no mail is sent) and the"
              + " sender domains, as the command doctor does, and says which routes of this worker"
              + " wait. The result is cached for 5 s.")
  @APIResponse(responseCode = "200", description = "Findings, each with its advice")
  public Uni<DoctorReply> examine() {
    return diagnosis;
  }
}
