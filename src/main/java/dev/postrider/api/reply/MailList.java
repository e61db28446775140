package dev.postrider.api.reply;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A page of a list of mails. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A page of a list of mails")
public record MailList(
    List<MailSummary> mails,
    @Schema(
            nullable = true,
            description =
                "The cursor of the next page; absent on the last one. A page may be short or empty"
                    + " although there are more, because each request reads a bounded number")
        String next) {}
