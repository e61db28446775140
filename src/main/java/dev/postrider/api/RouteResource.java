package dev.postrider.api;

import dev.postrider.api.auth.Roles;
import dev.postrider.api.reply.RouteList;
import dev.postrider.api.reply.RouteReply;
import dev.postrider.delivery.ConnectionStats;
import dev.postrider.delivery.route.RouteHealths;
import dev.postrider.delivery.route.RouteStatus;
import dev.postrider.worker.Worker;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/routes}: which routes take mail, and why the others do not. */
@Path("/api/v1/routes")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "routes", description = "Which routes take mail, and why the others do not")
public class RouteResource {

  private final RouteHealths healths;
  private final Worker worker;

  RouteResource(RouteHealths healths, Worker worker) {
    this.healths = healths;
    this.worker = worker;
  }

  @GET
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "listRoutes",
      summary = "All routes: healthy or waiting, since when and why",
      description =
          "As this worker sees them. While a route waits, one mail at a time is tried and the"
              + " others are put back into the schedule.")
  @APIResponse(responseCode = "200", description = "The routes")
  public Uni<RouteList> list() {
    return Uni.createFrom().item(this::routes);
  }

  private RouteList routes() {
    Instant now = Instant.now();
    List<ConnectionStats> connections =
        worker.states().stream().flatMap(engine -> engine.connectionStats().stream()).toList();
    return new RouteList(
        healths.statuses().stream().map(status -> reply(status, connections, now)).toList());
  }

  private static RouteReply reply(RouteStatus status, List<ConnectionStats> all, Instant now) {
    return RouteReply.of(
        status, all.stream().filter(one -> one.route().equals(status.route())).toList(), now);
  }
}
