package dev.postrider.api.reply;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The version a topic has. */
@Schema(description = "The version a topic has")
public record GuardReply(
    @Schema(examples = "offer:123") String topic, @Schema(examples = "4") long version) {}
