package dev.postrider.api.mails;

import dev.postrider.api.RequestParameters;
import dev.postrider.api.auth.Roles;
import dev.postrider.api.problem.ProblemException;
import dev.postrider.api.problem.ProblemType;
import dev.postrider.api.reply.MailList;
import dev.postrider.api.reply.MailSummary;
import dev.postrider.queue.deadletter.DeadLetter;
import dev.postrider.queue.deadletter.DeadLetterStream;
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

/** Lists scheduled, dead and held mail in pages. */
@Path("/api/v1/mails")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "mails", description = "Enqueue, follow and cancel mail")
public class MailListResource {

  private final RequestParameters requestParameters;
  private final MailPages mailPages;

  MailListResource(RequestParameters requestParameters, MailPages mailPages) {
    this.requestParameters = requestParameters;
    this.mailPages = mailPages;
  }

  @GET
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "listMails",
      summary = "List mail of one state",
      description =
          "Dead and held mail: the newest first. Scheduled mail: the earliest due time first. Mail"
              + " in other states is counted but not listed.")
  @APIResponse(responseCode = "200", description = "A page")
  @APIResponse(responseCode = "400", ref = "InvalidRequest")
  @APIResponse(responseCode = "404", ref = "UnknownQueue")
  public Uni<MailList> list(
      @Parameter(description = "dead, held or scheduled") @RestQuery Optional<String> state,
      @Parameter(description = "One of postrider.queues; all by default") @RestQuery
          Optional<String> queue,
      @Parameter(description = "Part of the id, the reason, the detail or the reply") @RestQuery
          Optional<String> q,
      @Parameter(description = "\"next\" of the previous page") @RestQuery Optional<String> cursor,
      @Parameter(description = "Mails of a page, from 1 to 1,000") @DefaultValue("100") @RestQuery
          int limit) {
    List<String> queues = requestParameters.queuesOf(queue);
    if (limit < 1 || limit > MailPages.PAGE_MAX) {
      throw ProblemException.of(ProblemType.INVALID_REQUEST, "The limit must be from 1 to 1,000.");
    }
    return state.filter(MailPages.SCHEDULED::equals).isPresent()
        ? scheduled(queues, q.orElse(""), cursor, limit)
        : deadLetters(queues, kind(state), q.orElse(""), cursor, limit);
  }

  private Uni<MailList> scheduled(
      List<String> queues, String part, Optional<String> cursor, int limit) {
    return mailPages
        .scheduled(queues, cursor, limit)
        .map(page -> list(page.mails().stream().map(MailSummary::of).toList(), part, page.next()));
  }

  private static MailList list(List<MailSummary> lines, String part, Optional<String> next) {
    return new MailList(
        lines.stream().filter(line -> line.id().contains(part)).toList(), next.orElse(null));
  }

  private Uni<MailList> deadLetters(
      List<String> queues,
      DeadLetterStream.Kind kind,
      String part,
      Optional<String> cursor,
      int limit) {
    List<DeadLetterStream> deadLetterStreams =
        queues.stream().map(queue -> new DeadLetterStream(queue, kind)).toList();
    return mailPages
        .deadLetters(deadLetterStreams, deadLetter -> matches(deadLetter, part), cursor, limit)
        .map(page -> list(page.mails().stream().map(MailSummary::of).toList(), "", page.next()));
  }

  private static boolean matches(DeadLetter deadLetter, String part) {
    return deadLetter.mailId().contains(part)
        || deadLetter.cause().reason().contains(part)
        || deadLetter.cause().detail().contains(part)
        || deadLetter.cause().reply().filter(reply -> reply.contains(part)).isPresent();
  }

  private static DeadLetterStream.Kind kind(Optional<String> state) {
    return state
        .flatMap(DeadLetterStream.Kind::of)
        .orElseThrow(
            () ->
                ProblemException.of(
                    ProblemType.INVALID_REQUEST,
                    "Lists exist for state=dead, state=held and state=scheduled. For a single mail"
                        + " use /api/v1/mails/{id}."));
  }
}
