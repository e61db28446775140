package dev.postrider.api;

import dev.postrider.api.reply.WorkerList;
import dev.postrider.api.reply.WorkerReply;
import dev.postrider.api.security.Roles;
import dev.postrider.queue.Presence;
import dev.postrider.queue.Workforce;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Workers: who is alive and what they have in hand. */
@Path("/api/v1/workers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "workers", description = "Who is alive and what they have in hand")
public class WorkerResource {

  private final Names names;
  private final Workforce workforce;

  WorkerResource(Names names, Workforce workforce) {
    this.names = names;
    this.workforce = workforce;
  }

  @GET
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "listWorkers",
      summary = "All workers that are alive",
      description =
          "Those that renew their lease on one of the queues, as they said when they last did: three"
              + " times in postrider.lease.time.")
  @APIResponse(responseCode = "200", description = "Who is alive")
  public Uni<WorkerList> list() {
    return Uni.join()
        .all(names.queues().stream().map(workforce::of).toList())
        .andFailFast()
        .map(this::workers);
  }

  private WorkerList workers(List<List<Presence>> byQueue) {
    Map<String, Crew> crews = new TreeMap<>();
    for (int i = 0; i < byQueue.size(); i++) {
      String queue = names.queues().get(i);
      for (Presence one : byQueue.get(i)) {
        crews.computeIfAbsent(one.worker(), name -> new Crew()).add(queue, one);
      }
    }
    return new WorkerList(crews.values().stream().map(Crew::reply).toList());
  }

  /** The consumers of one worker; each of them reads several queues. */
  private static final class Crew {

    private final Map<String, Presence> consumers = new TreeMap<>();
    private final List<String> queues = new ArrayList<>();

    void add(String queue, Presence one) {
      consumers.put(one.consumer(), one);
      if (!queues.contains(queue)) {
        queues.add(queue);
      }
    }

    WorkerReply reply() {
      return WorkerReply.of(consumers, queues);
    }
  }
}
