package dev.postrider.api;

import dev.postrider.api.auth.Roles;
import dev.postrider.api.reply.QueueReply;
import dev.postrider.api.reply.StatsReply;
import dev.postrider.queue.admin.QueueStats;
import dev.postrider.queue.admin.QueueStatsReader;
import dev.postrider.worker.Worker;
import dev.postrider.worker.WorkerSettings;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/stats}: the counts of all queues and of this worker in one answer. */
@Path("/api/v1/stats")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "stats", description = "All counts in one answer")
public class StatsResource {

  private final WorkerSettings workerSettings;
  private final Worker worker;
  private final QueueStatsReader queueStatsReader;

  StatsResource(WorkerSettings workerSettings, Worker worker, QueueStatsReader queueStatsReader) {
    this.workerSettings = workerSettings;
    this.worker = worker;
    this.queueStatsReader = queueStatsReader;
  }

  @GET
  @RolesAllowed(Roles.VIEWER)
  @Operation(operationId = "readStats", summary = "All queues, their sums and this worker")
  @APIResponse(responseCode = "200", description = "The current counts")
  public Uni<StatsReply> stats() {
    return queueStatsReader.read(workerSettings.queues()).map(this::reply);
  }

  private StatsReply reply(List<QueueStats> queueStats) {
    List<QueueReply> queues =
        queueStats.stream()
            .map(one -> QueueReply.of(one, workerSettings.weights().get(one.queue())))
            .toList();
    return StatsReply.of(
        queues,
        new StatsReply.WorkerState(workerSettings.name(), worker.inFlight(), worker.draining()));
  }
}
