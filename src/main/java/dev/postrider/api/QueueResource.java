package dev.postrider.api;

import dev.postrider.api.auth.Roles;
import dev.postrider.api.reply.PauseReply;
import dev.postrider.api.reply.QueueDetails;
import dev.postrider.api.reply.QueueList;
import dev.postrider.api.reply.QueuePaused;
import dev.postrider.api.reply.QueueReply;
import dev.postrider.queue.admin.QueuePauses;
import dev.postrider.queue.admin.QueueStats;
import dev.postrider.queue.admin.QueueStatsReader;
import dev.postrider.worker.WorkerSettings;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** {@code /api/v1/queues}: counts of the queues, pause and resume. */
@Path("/api/v1/queues")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "queues", description = "Counts, pause and resume")
public class QueueResource {

  private final RequestParameters requestParameters;
  private final WorkerSettings workerSettings;
  private final QueueStatsReader queueStatsReader;
  private final QueuePauses queuePauses;

  QueueResource(
      RequestParameters requestParameters,
      WorkerSettings workerSettings,
      QueueStatsReader queueStatsReader,
      QueuePauses queuePauses) {
    this.requestParameters = requestParameters;
    this.workerSettings = workerSettings;
    this.queueStatsReader = queueStatsReader;
    this.queuePauses = queuePauses;
  }

  @GET
  @RolesAllowed(Roles.VIEWER)
  @Operation(operationId = "listQueues", summary = "All queues")
  @APIResponse(responseCode = "200", description = "The counts of each queue")
  public Uni<QueueList> list() {
    return queueStatsReader
        .read(requestParameters.queues())
        .map(all -> new QueueList(all.stream().map(this::details).toList()));
  }

  @GET
  @Path("/{queue}")
  @RolesAllowed(Roles.VIEWER)
  @Operation(operationId = "readQueue", summary = "One queue")
  @APIResponse(responseCode = "200", description = "Its counts")
  @APIResponse(responseCode = "404", ref = "UnknownQueue")
  public Uni<QueueDetails> read(@RestPath String queue) {
    return queueStatsReader.read(requestParameters.queue(queue)).map(this::details);
  }

  @POST
  @Path("/{queue}/pause")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      operationId = "pauseQueue",
      summary = "Pause a queue",
      description =
          "For all workers at once. Mail in flight continues; new mail is still accepted and waits."
              + " With \"for\" the pause ends by itself.")
  @APIResponse(responseCode = "200", description = "It is paused")
  @APIResponse(responseCode = "404", ref = "UnknownQueue")
  public Uni<QueuePaused> pause(@RestPath String queue, @RequestBody(ref = "Pause") byte[] body) {
    String name = requestParameters.queue(queue);
    PauseRequest request = PauseRequest.read(RequestParameters.body(body));
    return queuePauses
        .pause(name, request.reason(), request.duration())
        .map(queuePause -> new QueuePaused(name, true, PauseReply.of(queuePause)));
  }

  @POST
  @Path("/{queue}/resume")
  @RolesAllowed(Roles.ADMIN)
  @Operation(operationId = "resumeQueue", summary = "Resume a queue")
  @APIResponse(
      responseCode = "200",
      description = "It is resumed; workers notice within half a second")
  @APIResponse(responseCode = "404", ref = "UnknownQueue")
  public Uni<QueuePaused> resume(@RestPath String queue) {
    String name = requestParameters.queue(queue);
    return queuePauses.resume(name).replaceWith(new QueuePaused(name, false, null));
  }

  private QueueDetails details(QueueStats queueStats) {
    return new QueueDetails(
        QueueReply.of(queueStats, workerSettings.weights().get(queueStats.queue())),
        queueStats.pause().map(PauseReply::of).orElse(null));
  }
}
