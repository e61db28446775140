package dev.postrider.api.reply;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The counts of all queues and of this worker. */
@Schema(description = "The counts of all queues and of this worker")
public record StatsReply(
    List<QueueReply> queues,
    @Schema(description = "Sums over all queues") Totals totals,
    WorkerState worker) {

  /** Sums up the queues. */
  public static StatsReply of(List<QueueReply> queues, WorkerState worker) {
    return new StatsReply(
        queues, Totals.sum(queues.stream().map(QueueReply::totals).toList()), worker);
  }

  /** The worker that answers. */
  @Schema(description = "The worker that answers")
  public record WorkerState(
      @Schema(examples = "postrider-7c9f-1a2b3c4d") String name,
      @Schema(description = "Mail that this worker is sending now") @JsonProperty("in_flight")
          int inFlight,
      @Schema(description = "True while it shuts down: it reads no new mail") boolean draining) {}
}
