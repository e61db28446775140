package dev.postrider.api.reply;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A dead or held mail was retried or discarded. */
@Schema(description = "A dead or held mail was retried or discarded")
public record MailMoved(
    String id,
    @Schema(examples = "default") String queue,
    @Schema(
            description = "Its state before",
            enumeration = {"dead", "held"})
        String was,
    @Schema(
            description = "Its state now",
            enumeration = {"ready", "discarded"})
        String state) {}
