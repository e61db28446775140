package dev.postrider.api.reply;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What one call did to many mails. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "What one call did to many mails")
public record BulkReply(
    @Schema(enumeration = {"retry", "discard", "cancel"}) String action,
    @JsonProperty("dry_run") boolean dryRun,
    @Schema(description = "Mails of this call that the filter names") int matched,
    @Schema(description = "Those of them that were changed; 0 in a dry run") int changed,
    @Schema(
            nullable = true,
            description = "Send it as cursor to go on; absent when everything was looked at")
        String next) {}
