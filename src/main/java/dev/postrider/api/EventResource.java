package dev.postrider.api;

import dev.postrider.api.auth.Roles;
import dev.postrider.api.problem.ProblemException;
import dev.postrider.api.problem.ProblemType;
import dev.postrider.event.Event;
import dev.postrider.event.EventCursor;
import dev.postrider.event.EventJson;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;

/** {@code /api/v1/events}: the events of all mail as server-sent events. */
@Path("/api/v1/events")
@Tag(name = "events", description = "Changes of state of all mail, as they happen")
public class EventResource {

  private static final String CURSOR_RULE =
      "Last-Event-ID must be the unchanged id of an event that was received.";

  private final RequestParameters requestParameters;
  private final EventFeed eventFeed;
  private final EventJson json = new EventJson();

  EventResource(RequestParameters requestParameters, EventFeed eventFeed) {
    this.requestParameters = requestParameters;
    this.eventFeed = eventFeed;
  }

  @GET
  @NonBlocking
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "followEvents",
      summary = "Follow the events of all mail",
      description =
          "Server-sent events: the event is the type, the data is JSON as in the events stream, the"
              + " id is the position to continue at. A comment every 15 s keeps proxies from closing"
              + " the connection.")
  @APIResponse(responseCode = "200", description = "An endless stream")
  @APIResponse(responseCode = "404", ref = "UnknownQueue")
  public Multi<OutboundSseEvent> follow(
      @Parameter(description = "One of postrider.queues; all by default") @RestQuery
          Optional<String> queue,
      @Parameter(description = "Continue after this event") @RestHeader("Last-Event-ID")
          Optional<String> lastEventId,
      @Context Sse sse) {
    List<String> queues = requestParameters.queuesOf(queue);
    Optional<EventCursor> from = lastEventId.map(EventResource::cursor);
    return eventFeed.follow(queues, from).map(feedItem -> sseEvent(sse, feedItem));
  }

  private static EventCursor cursor(String text) {
    return EventCursor.parse(text)
        .orElseThrow(() -> ProblemException.of(ProblemType.INVALID_REQUEST, CURSOR_RULE));
  }

  private OutboundSseEvent sseEvent(Sse sse, EventFeed.FeedItem feedItem) {
    if (feedItem.event().isEmpty()) {
      return sse.newEventBuilder().comment("keep-alive").build();
    }
    Event event = feedItem.event().get();
    return sse.newEventBuilder()
        .name(event.type())
        .id(feedItem.cursor().text())
        .mediaType(MediaType.APPLICATION_JSON_TYPE)
        .data(String.class, json.write(event))
        .build();
  }
}
