package dev.postrider.api.reply;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A mail is in its queue. */
@Schema(description = "A mail is in its queue")
public record MailAccepted(
    @Schema(
            description = "Identifies the mail in events, in this API and in its Message-ID",
            examples = "1763812800000-0")
        String id,
    @Schema(examples = "default") String queue) {}
