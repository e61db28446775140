package dev.postrider.api;

import dev.postrider.api.auth.Roles;
import dev.postrider.api.reply.GuardReply;
import dev.postrider.guard.Guards;
import dev.postrider.mail.NameRules;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** {@code /api/v1/guards}: topics whose version decides whether waiting mail is still valid. */
@Path("/api/v1/guards/{topic: .+}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "guards", description = "Void all waiting mail of a topic at once")
public class GuardResource {

  private static final String TOPIC = "Matches " + NameRules.TOPIC + "; slashes are not escaped";

  private final Guards guards;

  GuardResource(Guards guards) {
    this.guards = guards;
  }

  @GET
  @RolesAllowed({Roles.PRODUCER, Roles.VIEWER})
  @Operation(
      operationId = "readGuard",
      summary = "Version of a topic",
      description = "0 if it was never bumped.")
  @APIResponse(responseCode = "200", description = "The current version")
  public Uni<GuardReply> version(@Parameter(description = TOPIC) @RestPath String topic) {
    String name = RequestParameters.topic(topic);
    return guards.version(name).map(version -> new GuardReply(name, version));
  }

  @POST
  @RolesAllowed(Roles.PRODUCER)
  @Operation(
      operationId = "bumpGuard",
      summary = "Void all waiting mail of a topic",
      description =
          "Mail whose only_if names an earlier version is skipped when its turn comes. The cost does"
              + " not depend on how much mail waits. Mail enqueued with the new version is valid.")
  @APIResponse(responseCode = "200", description = "The new version")
  public Uni<GuardReply> bump(@Parameter(description = TOPIC) @RestPath String topic) {
    String name = RequestParameters.topic(topic);
    return guards.bump(name).map(version -> new GuardReply(name, version));
  }
}
