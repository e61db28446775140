package dev.postrider.dev.inbox;

import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;

/** The inbox by HTTP, in dev mode only. Scripts in a mail never run, and it can load nothing. */
@IfBuildProfile("dev")
@RolesAllowed("viewer")
@Path("/dev/inbox")
@Produces(MediaType.APPLICATION_JSON)
public final class InboxResource {

  private static final String HTML_POLICY =
      "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'";

  private final Inbox inbox;

  InboxResource(Inbox inbox) {
    this.inbox = inbox;
  }

  /**
   * @param received mails since the program was started
   * @param mails the newest ones, newest first
   */
  public record Listing(long received, List<Line> mails) {}

  /** One line of the list. */
  public record Line(long number, Instant at, String from, String to, String subject) {}

  /** One mail. */
  public record MailView(
      Arrival arrival,
      List<ParsedMail.Field> fields,
      String text,
      boolean html,
      List<Entry> files) {}

  /** The envelope of a mail and when it was received. */
  public record Arrival(long number, Instant at, String sender, List<String> recipients) {}

  /** One file of a mail. */
  public record Entry(String name, String type, int bytes) {}

  /** Mails after the one with this number; at most 500. */
  @GET
  public Listing list(
      @QueryParam("after") @DefaultValue("0") long after,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    List<InboxMail> mails = inbox.after(after, Math.max(0, Math.min(limit, Inbox.MAILS_MAX)));
    return new Listing(inbox.lastNumber(), mails.stream().map(InboxResource::line).toList());
  }

  @GET
  @Path("{number}")
  public MailView open(@PathParam("number") long number) {
    InboxMail mail = mail(number);
    ParsedMail parsedMail = MailParser.read(mail.source());
    return new MailView(
        new Arrival(number, mail.at(), mail.sender(), mail.recipients()),
        parsedMail.fields(),
        parsedMail.text().orElse(""),
        parsedMail.html().isPresent(),
        parsedMail.files().stream().map(InboxResource::entry).toList());
  }

  /** For a frame. */
  @GET
  @Path("{number}/html")
  public Response html(@PathParam("number") long number) {
    HtmlView view = new HtmlView(MailParser.read(mail(number).source()));
    return restricted(view.text(), "text/html;charset=UTF-8").build();
  }

  @GET
  @Path("{number}/source")
  public Response source(@PathParam("number") long number) {
    return restricted(mail(number).source(), "text/plain;charset=UTF-8").build();
  }

  /** As a download. */
  @GET
  @Path("{number}/files/{index}")
  public Response file(@PathParam("number") long number, @PathParam("index") int index) {
    List<ParsedMail.File> files = MailParser.read(mail(number).source()).files();
    if (index < 0 || index >= files.size()) {
      throw new NotFoundException();
    }
    return restricted(files.get(index).content(), MediaType.APPLICATION_OCTET_STREAM)
        .header("Content-Disposition", "attachment")
        .build();
  }

  private static Response.ResponseBuilder restricted(Object content, String type) {
    return Response.ok(content, type)
        .header("Content-Security-Policy", HTML_POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("Cache-Control", "no-store");
  }

  private InboxMail mail(long number) {
    return inbox.find(number).orElseThrow(NotFoundException::new);
  }

  private static Line line(InboxMail mail) {
    List<ParsedMail.Field> fields = MailParser.header(mail.source());
    return new Line(
        mail.number(),
        mail.at(),
        ParsedMail.field(fields, "From"),
        ParsedMail.field(fields, "To"),
        ParsedMail.field(fields, "Subject"));
  }

  private static Entry entry(ParsedMail.File file) {
    return new Entry(file.name(), file.type(), file.content().length);
  }
}
