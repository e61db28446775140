package dev.postrider.api.mails;

import dev.postrider.api.RequestParameters;
import dev.postrider.api.auth.Roles;
import dev.postrider.api.problem.ProblemException;
import dev.postrider.api.problem.ProblemType;
import dev.postrider.api.reply.BulkReply;
import dev.postrider.api.reply.MailMoved;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Dead and held mail: retry and discard, one by one or in bulk. */
@Path("/api/v1/mails")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "mails", description = "Enqueue, follow and cancel mail")
public class DeadLetterResource {

  private static final String ID = "Its own id, or its entry's in the dead or held stream";
  private static final String QUEUE = "Its queue; all queues by default";

  private final RequestParameters requestParameters;
  private final DeadLetterActions deadLetterActions;
  private final BulkActions bulkActions;

  DeadLetterResource(
      RequestParameters requestParameters,
      DeadLetterActions deadLetterActions,
      BulkActions bulkActions) {
    this.requestParameters = requestParameters;
    this.deadLetterActions = deadLetterActions;
    this.bulkActions = bulkActions;
  }

  @POST
  @Path("/{id}/retry")
  @RolesAllowed(Roles.ADMIN)
  @ResponseStatus(202)
  @Operation(
      operationId = "retryMail",
      summary = "Try a dead or held mail again",
      description =
          "It goes back into its queue and its attempts start at zero. Recipients whose server has"
              + " accepted it already do not get it again. A held mail may have been delivered; it is"
              + " sent once more. A second call gives 409: no mail is retried twice.")
  @APIResponse(responseCode = "202", description = "It is in its queue again")
  @APIResponse(responseCode = "404", ref = "UnknownMail")
  @APIResponse(responseCode = "409", ref = "NotDeadLetter")
  public Uni<MailMoved> retry(
      @Parameter(description = ID) @RestPath String id,
      @Parameter(description = QUEUE) @RestQuery Optional<String> queue,
      @Context SecurityContext caller) {
    return deadLetterActions.retry(
        requestParameters.queuesOf(queue), RequestParameters.mailId(id), role(caller));
  }

  @POST
  @Path("/{id}/discard")
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      operationId = "discardMail",
      summary = "Delete a dead or held mail",
      description = "Its content is deleted; its timeline stays.")
  @APIResponse(responseCode = "200", description = "It is deleted")
  @APIResponse(responseCode = "404", ref = "UnknownMail")
  @APIResponse(responseCode = "409", ref = "NotDeadLetter")
  public Uni<MailMoved> discard(
      @Parameter(description = ID) @RestPath String id,
      @Parameter(description = QUEUE) @RestQuery Optional<String> queue,
      @Context SecurityContext caller) {
    return deadLetterActions.discard(
        requestParameters.queuesOf(queue), RequestParameters.mailId(id), role(caller));
  }

  @POST
  @Path("/bulk")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      operationId = "changeMails",
      summary = "Retry, discard or cancel many mails",
      description =
          "Each call changes at most 1,000 mails. While the answer has \"next\", send the same"
              + " request with it as cursor. A dry run counts and changes nothing.")
  @APIResponse(responseCode = "200", description = "How many matched and were changed")
  @APIResponse(responseCode = "400", ref = "InvalidRequest")
  @APIResponse(responseCode = "404", ref = "UnknownQueue")
  @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
  public Uni<BulkReply> change(
      @RequestBody(ref = "Bulk") byte[] body, @Context SecurityContext caller) {
    BulkRequest request = BulkRequest.read(RequestParameters.body(body));
    return bulkActions.run(queues(request), request, role(caller));
  }

  private List<String> queues(BulkRequest request) {
    return requestParameters.queuesOf(request.filter().queue());
  }

  private static String role(SecurityContext caller) {
    return Optional.ofNullable(caller.getUserPrincipal())
        .orElseThrow(
            () -> ProblemException.of(ProblemType.FORBIDDEN, "The request has no identity."))
        .getName();
  }
}
