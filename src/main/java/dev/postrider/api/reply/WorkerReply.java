package dev.postrider.api.reply;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.queue.consumer.ConsumerInfo;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A live worker. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A live worker: one whose lease is valid")
public record WorkerReply(
    @Schema(examples = "postrider-7c9f-1a2b3c4d") String name,
    @Schema(examples = "postrider-7c9f") String host,
    @Schema(description = "Of Postrider", examples = "0.1.0") String version,
    @Schema(nullable = true, description = "When it started, RFC 3339") String since,
    @Schema(description = "Mail that it is sending now") @JsonProperty("in_flight") int inFlight,
    @Schema(description = "Event loops, each with a lease of its own") int engines,
    @Schema(description = "Queues that it reads") List<String> queues) {

  /**
   * Combines the consumers of one worker.
   *
   * @param consumers of one worker, by name
   * @param queues that any of them reads
   */
  public static WorkerReply of(Map<String, ConsumerInfo> consumers, List<String> queues) {
    ConsumerInfo one = consumers.values().iterator().next();
    return new WorkerReply(
        one.worker(),
        one.host(),
        one.version(),
        one.started().map(Object::toString).orElse(null),
        consumers.values().stream().mapToInt(ConsumerInfo::inFlight).sum(),
        consumers.size(),
        queues);
  }
}
