package dev.postrider.api.reply;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The counts of one queue, and its pause. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "The counts of one queue, and its pause")
public record QueueDetails(
    @JsonUnwrapped QueueReply depths, @Schema(nullable = true) PauseReply pause) {}
