package dev.postrider.api.mails;

import dev.postrider.api.RequestParameters;
import dev.postrider.api.auth.Roles;
import dev.postrider.api.problem.ProblemException;
import dev.postrider.api.problem.ProblemType;
import dev.postrider.api.reply.BatchVerdict;
import dev.postrider.api.reply.MailAccepted;
import dev.postrider.api.reply.MailCancelled;
import dev.postrider.api.reply.MailReply;
import dev.postrider.queue.QueueSettings;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** {@code /api/v1/mails}: enqueue, follow and cancel mail. */
@Path("/api/v1/mails")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "mails", description = "Enqueue, follow and cancel mail")
public class MailResource {

  private final RequestParameters requestParameters;
  private final MailSubmission mailSubmission;
  private final BatchSubmission batchSubmission;
  private final MailTracker mailTracker;

  MailResource(
      RequestParameters requestParameters,
      MailSubmission mailSubmission,
      BatchSubmission batchSubmission,
      MailTracker mailTracker) {
    this.requestParameters = requestParameters;
    this.mailSubmission = mailSubmission;
    this.batchSubmission = batchSubmission;
    this.mailTracker = mailTracker;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.PRODUCER)
  @ResponseStatus(202)
  @Operation(
      operationId = "enqueueMail",
      summary = "Enqueue a mail",
      description =
          "The mail is checked and then stored unchanged. With an idempotency key, a repeated"
              + " request gives the first mail's id and enqueues nothing.")
  @APIResponse(responseCode = "202", description = "The mail is in its queue")
  @APIResponse(responseCode = "400", ref = "InvalidMail")
  @APIResponse(responseCode = "404", ref = "UnknownQueue")
  @APIResponse(responseCode = "413", ref = "TooLarge")
  @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
  @APIResponse(responseCode = "429", ref = "QueueFull")
  public Uni<MailAccepted> enqueue(
      @Parameter(description = "One of postrider.queues")
          @DefaultValue(QueueSettings.DEFAULT_QUEUE)
          @RestQuery
          String queue,
      @Parameter(
              description =
                  "Accepted once per queue within postrider.idempotency.keep; the same as the"
                      + " mail's own idempotency_key")
          @RestHeader(IdempotencyKey.HEADER)
          Optional<String> idempotencyKey,
      @RequestBody(ref = "Mail") byte[] mail) {
    return mailSubmission.submit(
        requestParameters.queue(queue),
        RequestParameters.body(mail),
        IdempotencyKey.read(idempotencyKey));
  }

  @POST
  @Path("/batch")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.PRODUCER)
  @Operation(
      operationId = "enqueueBatch",
      summary = "Enqueue up to 1,000 mails",
      description =
          "Each mail is checked alone, and the status is 200 even if some are refused: the answer"
              + " has one verdict for each mail, in order. Idempotency keys are part of the mails.")
  @APIResponse(
      responseCode = "200",
      description = "One verdict for each mail, in order",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(type = SchemaType.ARRAY, implementation = BatchVerdict.class)))
  @APIResponse(responseCode = "404", ref = "UnknownQueue")
  @APIResponse(responseCode = "413", ref = "TooLarge")
  @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
  public Uni<List<BatchVerdict>> enqueueBatch(
      @Parameter(description = "One of postrider.queues")
          @DefaultValue(QueueSettings.DEFAULT_QUEUE)
          @RestQuery
          String queue,
      @Parameter(hidden = true) @RestHeader(IdempotencyKey.HEADER) Optional<String> idempotencyKey,
      @RequestBody(ref = "Mails") byte[] mails) {
    if (idempotencyKey.isPresent()) {
      throw ProblemException.of(
          ProblemType.INVALID_REQUEST,
          "A batch must not have the header Idempotency-Key: give each mail its own"
              + " idempotency_key.");
    }
    return batchSubmission.submit(requestParameters.queue(queue), RequestParameters.body(mails));
  }

  @GET
  @Path("/{id}")
  @RolesAllowed(Roles.VIEWER)
  @Operation(
      operationId = "traceMail",
      summary = "State and timeline of a mail",
      description =
          "Every change of state with the server's reply; no addresses, no content. Timelines are"
              + " kept for at least postrider.history.max-mails mails of each queue. A mail that was"
              + " written by XADD with its own id is known once a worker has read it.")
  @APIResponse(responseCode = "200", description = "Its state and timeline")
  @APIResponse(responseCode = "404", ref = "UnknownMail")
  public Uni<MailReply> trace(
      @Parameter(description = "Its own id, or its entry's") @RestPath String id,
      @Parameter(description = "Its queue; all queues by default") @RestQuery
          Optional<String> queue) {
    return mailTracker.track(requestParameters.queuesOf(queue), RequestParameters.mailId(id));
  }

  @POST
  @Path("/{id}/cancel")
  @RolesAllowed(Roles.PRODUCER)
  @ResponseStatus(202)
  @Operation(
      operationId = "cancelMail",
      summary = "Cancel a mail",
      description =
          "Bumps the topic mail/{id}: the mail is skipped when its turn comes. Mail that is being"
              + " sent can no longer be stopped. An unknown id is accepted too, with the state"
              + " unknown, because the mail may not have arrived yet.")
  @APIResponse(
      responseCode = "202",
      description = "It will be skipped, unless it is being sent already")
  @APIResponse(responseCode = "409", ref = "AlreadyEnded")
  public Uni<MailCancelled> cancel(
      @Parameter(description = "Its own id, or its entry's") @RestPath String id) {
    return mailTracker.cancel(requestParameters.queues(), RequestParameters.mailId(id));
  }
}
