package dev.postrider.api.reply;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The result of one bulk call. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "The result of one bulk call")
public record BulkReply(
    @Schema(enumeration = {"retry", "discard", "cancel"}) String action,
    @JsonProperty("dry_run") boolean dryRun,
    @Schema(description = "Mails of this call that match the filter") int matched,
    @Schema(description = "Those of them that were changed; 0 in a dry run") int changed,
    @Schema(
            nullable = true,
            description = "Send it as cursor of the next call; absent after the last mail")
        String next) {}
