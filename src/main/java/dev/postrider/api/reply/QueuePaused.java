package dev.postrider.api.reply;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whether a queue is paused now. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "Whether a queue is paused now")
public record QueuePaused(
    @Schema(examples = "default") String queue,
    boolean paused,
    @Schema(nullable = true) PauseReply pause) {}
