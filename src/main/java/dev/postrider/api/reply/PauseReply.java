package dev.postrider.api.reply;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.postrider.queue.admin.QueuePause;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The pause of a queue. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "The pause of a queue")
public record PauseReply(
    @Schema(examples = "the provider asked us to slow down") String reason,
    @Schema(nullable = true, description = "RFC 3339", examples = "2026-11-22T12:00:00Z")
        String since,
    @Schema(
            nullable = true,
            description = "When it ends by itself (RFC 3339); absent if it lasts until resume",
            examples = "2026-11-22T12:10:00Z")
        String until) {

  /** A pause with its times in RFC 3339. */
  public static PauseReply of(QueuePause queuePause) {
    return new PauseReply(
        queuePause.reason(),
        queuePause.since().map(Instant::toString).orElse(null),
        queuePause.until().map(Instant::toString).orElse(null));
  }
}
