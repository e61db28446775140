package dev.postrider.api.reply;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.postrider.event.Timeline;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One change of a mail's state, with the fields of the events stream. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "One change of a mail's state, with the fields of the events stream")
public record StateChangeReply(
    @Schema(examples = "deferred") String type,
    @Schema(description = "When, in ms since 1970 by Redis's clock") Long at,
    @Schema(nullable = true, description = "Number of the attempt, from 1") Integer attempt,
    @Schema(nullable = true, examples = "transient") String reason,
    @Schema(nullable = true, examples = "default") String route,
    @Schema(nullable = true, description = "The last phase of the SMTP session") String phase,
    @Schema(nullable = true, description = "The server's reply code", examples = "451")
        Integer code,
    @Schema(nullable = true, description = "Its enhanced code (RFC 3463)", examples = "4.7.1")
        String enhanced,
    @Schema(nullable = true, description = "Its whole reply, lines joined by a space") String reply,
    @Schema(nullable = true, description = "What was wrong, if it is not a server's reply")
        String detail,
    @Schema(nullable = true, description = "RFC 6901 pointer of the fault in an invalid mail")
        String pointer,
    @Schema(nullable = true, description = "When it is due, in ms since 1970") Long due,
    @Schema(nullable = true, description = "From reading the mail to the outcome")
        @JsonProperty("took_ms")
        Long tookMs,
    @Schema(
            nullable = true,
            type = SchemaType.ARRAY,
            implementation = Object.class,
            description = "The server's reply for each recipient, by index")
        @JsonRawValue
        String recipients,
    @Schema(
            nullable = true,
            type = SchemaType.ARRAY,
            implementation = Object.class,
            description = "Of a mail with several attempts: the recipients that have it, by index")
        @JsonRawValue
        String accepted,
    @Schema(
            nullable = true,
            type = SchemaType.ARRAY,
            implementation = Object.class,
            description = "Of a mail with several attempts: the recipients refused for good")
        @JsonRawValue
        String refused) {

  static StateChangeReply of(Timeline.StateChange stateChange) {
    return new StateChangeReply(
        stateChange.type(),
        boxed(stateChange.time("at")),
        boxed(stateChange.number("attempt")),
        stateChange.field("reason").orElse(null),
        stateChange.field("route").orElse(null),
        stateChange.field("phase").orElse(null),
        boxed(stateChange.number("code")),
        stateChange.field("enhanced").orElse(null),
        stateChange.field("reply").orElse(null),
        stateChange.field("detail").orElse(null),
        stateChange.field("pointer").orElse(null),
        boxed(stateChange.time("due")),
        boxed(stateChange.time("took_ms")),
        stateChange.field("recipients").orElse(null),
        stateChange.field("accepted").orElse(null),
        stateChange.field("refused").orElse(null));
  }

  private static Integer boxed(OptionalInt number) {
    return number.isPresent() ? number.getAsInt() : null;
  }

  private static Long boxed(OptionalLong number) {
    return number.isPresent() ? number.getAsLong() : null;
  }
}
