package dev.postrider.api.reply;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A mail will be skipped when its turn comes. */
@Schema(description = "A mail will be skipped when its turn comes")
public record MailCancelled(
    String id,
    @Schema(
            description = "Its state when it was cancelled; unknown if no worker has read it yet",
            examples = "scheduled")
        String state,
    boolean cancelled) {}
