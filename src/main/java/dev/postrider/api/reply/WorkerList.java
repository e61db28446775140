package dev.postrider.api.reply;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** All workers that are alive. */
@Schema(description = "All workers that are alive")
public record WorkerList(List<WorkerReply> workers) {}
