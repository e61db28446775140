package dev.postrider.api.reply;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One queue, and why it rests if it does. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "One queue, and why it rests if it does")
public record QueueDetails(
    @JsonUnwrapped QueueReply depths, @Schema(nullable = true) PauseReply pause) {}
