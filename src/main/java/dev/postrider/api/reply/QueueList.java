package dev.postrider.api.reply;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** All queues of this worker. */
@Schema(description = "All queues of this worker, in the order of postrider.queues")
public record QueueList(List<QueueDetails> queues) {}
