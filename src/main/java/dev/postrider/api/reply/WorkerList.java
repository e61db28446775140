package dev.postrider.api.reply;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** All live workers. */
@Schema(description = "All live workers")
public record WorkerList(List<WorkerReply> workers) {}
