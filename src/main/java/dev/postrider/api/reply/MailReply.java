package dev.postrider.api.reply;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.postrider.event.Timeline;
import dev.postrider.queue.Finding;
import dev.postrider.queue.Progress;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where one mail is, and how it came there. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "Where one mail is, and how it came there; no addresses, no content")
public record MailReply(
    String id,
    String queue,
    @Schema(
            enumeration = {
              "ready",
              "in_flight",
              "scheduled",
              "deferred",
              "sent",
              "skipped",
              "dead",
              "held",
              "discarded"
            })
        String state,
    @Schema(description = "Attempts that count so far") int attempts,
    @Schema(description = "When it is due, in ms since 1970; only in the schedule", nullable = true)
        Long due,
    @Schema(description = "Every change of state, the oldest first") List<Moment> timeline) {

  /** Puts together what the queue and the timeline know. */
  public static MailReply of(String id, String state, Finding finding, Timeline timeline) {
    int attempts = finding.progress().map(Progress::attempts).orElseGet(timeline::attempts);
    Long due = finding.due().isPresent() ? finding.due().getAsLong() : null;
    List<Moment> moments = timeline.moments().stream().map(Moment::of).toList();
    return new MailReply(id, finding.queue(), state, attempts, due, moments);
  }
}
