package dev.postrider.api;

import dev.postrider.api.auth.Roles;
import dev.postrider.api.reply.WorkerList;
import dev.postrider.api.reply.WorkerReply;
import dev.postrider.queue.consumer.ConsumerInfo;
import dev.postrider.queue.consumer.LiveConsumers;
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

/** {@code /api/v1/workers}: the live workers and their mail in flight. */
@Path("/api/v1/workers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "workers", description = "Live workers and their mail in flight")
public class WorkerResource {

  private final RequestParameters requestParameters;
  private final LiveConsumers liveConsumers;

  WorkerResource(RequestParameters requestParameters, LiveConsumers liveConsumers) {
    this.requestParameters = requestParameters;
    this.liveConsumers = liveConsumers;
  }

  @GET
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "listWorkers",
      summary = "All live workers",
      description =
          "Workers that hold a lease on one of the queues. The figures are those of the last"
              + " renewal: three times in postrider.lease.time.")
  @APIResponse(responseCode = "200", description = "The live workers")
  public Uni<WorkerList> list() {
    return Uni.join()
        .all(requestParameters.queues().stream().map(liveConsumers::of).toList())
        .andFailFast()
        .map(this::workers);
  }

  private WorkerList workers(List<List<ConsumerInfo>> byQueue) {
    Map<String, WorkerConsumers> byName = new TreeMap<>();
    for (int i = 0; i < byQueue.size(); i++) {
      String queue = requestParameters.queues().get(i);
      for (ConsumerInfo one : byQueue.get(i)) {
        byName.computeIfAbsent(one.worker(), name -> new WorkerConsumers()).add(queue, one);
      }
    }
    return new WorkerList(byName.values().stream().map(WorkerConsumers::reply).toList());
  }

  /** The consumers of one worker; each of them reads several queues. */
  private static final class WorkerConsumers {

    private final Map<String, ConsumerInfo> consumers = new TreeMap<>();
    private final List<String> queues = new ArrayList<>();

    void add(String queue, ConsumerInfo one) {
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
