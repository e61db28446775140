package dev.postrider.api.reply;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** All routes of a worker. */
@Schema(description = "All routes, in the order of the configuration")
public record RouteList(List<RouteReply> routes) {}
