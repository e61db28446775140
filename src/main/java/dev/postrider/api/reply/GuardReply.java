package dev.postrider.api.reply;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The version of a topic. */
@Schema(description = "The version of a topic")
public record GuardReply(
    @Schema(examples = "offer:123") String topic, @Schema(examples = "4") long version) {}
