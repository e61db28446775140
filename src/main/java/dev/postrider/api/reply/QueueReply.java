package dev.postrider.api.reply;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.queue.admin.QueueStats;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The counts of one queue. */
@Schema(description = "The counts of one queue")
public record QueueReply(
    @Schema(examples = "default") String queue,
    @Schema(description = "Its share of the worker, relative to other queues") int weight,
    boolean paused,
    @Schema(description = "Mail that no worker has read yet") long ready,
    @Schema(description = "Mail that workers have read and not settled yet")
        @JsonProperty("in_flight")
        long inFlight,
    @Schema(description = "Mail for later, deferred mail included") long scheduled,
    @Schema(description = "Scheduled mail whose due time has passed") long overdue,
    @Schema(description = "Mail in the dead stream") long dead,
    @Schema(description = "Mail whose outcome is unknown") long held,
    @Schema(description = "Mail of a newer format, which waits for workers of a newer version")
        long newer,
    @Schema(description = "Since the queue was created") Totals totals) {

  /**
   * @param weight of the queue in this worker
   */
  public static QueueReply of(QueueStats queueStats, int weight) {
    return new QueueReply(
        queueStats.queue(),
        weight,
        queueStats.pause().isPresent(),
        queueStats.ready(),
        queueStats.inFlight(),
        queueStats.scheduled(),
        queueStats.overdue(),
        queueStats.dead(),
        queueStats.held(),
        queueStats.newerFormat(),
        Totals.of(queueStats.totals()));
  }
}
