package dev.postrider.api.reply;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.postrider.event.Timeline;
import dev.postrider.queue.AttemptHistory;
import dev.postrider.queue.admin.MailLocation;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** State and timeline of one mail. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "State and timeline of one mail; no addresses, no content")
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
    @Schema(description = "Every change of state, the oldest first")
        List<StateChangeReply> timeline) {

  /** Combines the mail's location in its queue with its timeline. */
  public static MailReply of(
      String id, String state, MailLocation mailLocation, Timeline timeline) {
    int attempts =
        mailLocation.attemptHistory().map(AttemptHistory::attempts).orElseGet(timeline::attempts);
    Long due = mailLocation.due().isPresent() ? mailLocation.due().getAsLong() : null;
    List<StateChangeReply> stateChangeReplys =
        timeline.stateChanges().stream().map(StateChangeReply::of).toList();
    return new MailReply(id, mailLocation.queue(), state, attempts, due, stateChangeReplys);
  }
}
