package dev.postrider.api.reply;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.postrider.queue.deadletter.DeadLetter;
import dev.postrider.schedule.ScheduledMails;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One mail of a list. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "One mail of a list; no addresses, no content")
public record MailSummary(
    String id,
    String queue,
    @Schema(enumeration = {"scheduled", "dead", "held"}) String state,
    @Schema(nullable = true, description = "When it is due, in ms since 1970; of scheduled mail")
        Long due,
    @Schema(nullable = true, description = "When it became dead or held, in ms since 1970") Long at,
    @Schema(nullable = true, examples = "refused") String reason,
    @Schema(nullable = true, description = "RFC 6901 pointer of the fault in an invalid mail")
        String pointer,
    @Schema(nullable = true, description = "What was wrong") String detail,
    @Schema(nullable = true, description = "The last reply of the server") String reply,
    @Schema(nullable = true, description = "Attempts that counted") Integer attempts,
    @Schema(nullable = true, description = "Size of its JSON in bytes") Long octets,
    @Schema(
            nullable = true,
            description = "Its entry in the dead or held stream; can be used as id")
        String entry) {

  /** A dead or held mail. */
  public static MailSummary of(DeadLetter deadLetter) {
    return new MailSummary(
        deadLetter.mailId(),
        deadLetter.stream().queue(),
        deadLetter.stream().kind().word(),
        null,
        deadLetter.at(),
        deadLetter.cause().reason(),
        filled(deadLetter.cause().pointer()),
        filled(deadLetter.cause().detail()),
        deadLetter.cause().reply().orElse(null),
        deadLetter.attemptHistory().attempts(),
        deadLetter.bytes().isPresent() ? deadLetter.bytes().getAsLong() : null,
        deadLetter.entry());
  }

  /** A mail that waits for its due time. */
  public static MailSummary of(ScheduledMails.ScheduledMail mail) {
    return new MailSummary(
        mail.mailId(),
        mail.queue(),
        "scheduled",
        mail.due(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static String filled(String text) {
    return text.isEmpty() ? null : text;
  }
}
