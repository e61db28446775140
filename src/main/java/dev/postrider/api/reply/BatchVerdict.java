package dev.postrider.api.reply;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.postrider.api.problem.Problem;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The verdict on one mail of a batch: id and queue, or the problem. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "The verdict on one mail of a batch: id and queue, or the problem")
public record BatchVerdict(
    @Schema(nullable = true) String id,
    @Schema(nullable = true) String queue,
    @Schema(nullable = true) Problem problem) {

  /** The mail is in its queue. */
  public static BatchVerdict accepted(String id, String queue) {
    return new BatchVerdict(id, queue, null);
  }

  /** The mail was not enqueued. */
  public static BatchVerdict refused(Problem problem) {
    return new BatchVerdict(null, null, problem);
  }
}
