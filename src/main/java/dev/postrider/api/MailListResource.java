package dev.postrider.api;

import dev.postrider.api.problem.Kind;
import dev.postrider.api.problem.Refusal;
import dev.postrider.api.reply.MailLine;
import dev.postrider.api.reply.MailList;
import dev.postrider.api.security.Roles;
import dev.postrider.queue.Grave;
import dev.postrider.queue.Plot;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** Lists of mails, page by page: what waits, what is dead, what is held. */
@Path("/api/v1/mails")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "mails", description = "Bring mail, follow it, cancel it")
public class MailListResource {

  private final Names names;
  private final Lists lists;

  MailListResource(Names names, Lists lists) {
    this.names = names;
    this.lists = lists;
  }

  @GET
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "listMails",
      summary = "Mails of one state",
      description =
          "Dead and held mail, the newest first; scheduled mail, what is due first first. Mail in"
              + " other states is counted, not listed: nothing is ever searched for.")
  @APIResponse(responseCode = "200", description = "A page")
  @APIResponse(responseCode = "400", ref = "InvalidRequest")
  @APIResponse(responseCode = "404", ref = "UnknownQueue")
  public Uni<MailList> list(
      @Parameter(description = "dead, held or scheduled") @RestQuery Optional<String> state,
      @Parameter(description = "One of postrider.queues; all by default") @RestQuery
          Optional<String> queue,
      @Parameter(description = "Part of the id, the reason, the detail or the reply") @RestQuery
          Optional<String> q,
      @Parameter(description = "What \"next\" said") @RestQuery Optional<String> cursor,
      @Parameter(description = "Mails of a page, from 1 to 1,000") @DefaultValue("100") @RestQuery
          int limit) {
    List<String> queues = names.queuesOf(queue);
    if (limit < 1 || limit > Lists.PAGE_MAX) {
      throw Refusal.of(Kind.INVALID_REQUEST, "The limit is from 1 to 1,000.");
    }
    return state.filter(Lists.SCHEDULED::equals).isPresent()
        ? scheduled(queues, q.orElse(""), cursor, limit)
        : buried(queues, kind(state), q.orElse(""), cursor, limit);
  }

  private Uni<MailList> scheduled(
      List<String> queues, String part, Optional<String> cursor, int limit) {
    return lists
        .scheduled(queues, cursor, limit)
        .map(page -> list(page.mails().stream().map(MailLine::of).toList(), part, page.next()));
  }

  private static MailList list(List<MailLine> lines, String part, Optional<String> next) {
    return new MailList(
        lines.stream().filter(line -> line.id().contains(part)).toList(), next.orElse(null));
  }

  private Uni<MailList> buried(
      List<String> queues, Plot.Kind kind, String part, Optional<String> cursor, int limit) {
    List<Plot> plots = queues.stream().map(queue -> new Plot(queue, kind)).toList();
    return lists
        .buried(plots, grave -> holds(grave, part), cursor, limit)
        .map(page -> list(page.mails().stream().map(MailLine::of).toList(), "", page.next()));
  }

  private static boolean holds(Grave grave, String part) {
    return grave.mailId().contains(part)
        || grave.cause().reason().contains(part)
        || grave.cause().detail().contains(part)
        || grave.cause().reply().filter(reply -> reply.contains(part)).isPresent();
  }

  private static Plot.Kind kind(Optional<String> state) {
    return state
        .flatMap(Plot.Kind::of)
        .orElseThrow(
            () ->
                Refusal.of(
                    Kind.INVALID_REQUEST,
                    "Lists there are of state=dead, state=held and state=scheduled. What is known"
                        + " of a single mail is at /api/v1/mails/{id}."));
  }
}
