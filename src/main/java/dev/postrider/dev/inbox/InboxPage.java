package dev.postrider.dev.inbox;

import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.InputStream;

/** The page of dev mode: the dashboard and the inbox. */
@IfBuildProfile("dev")
@RolesAllowed("viewer")
@Path("/")
public final class InboxPage {

  InboxPage() {}

  @GET
  @Produces("text/html;charset=UTF-8")
  public InputStream page() {
    return InboxPage.class.getResourceAsStream("inbox.html");
  }

  @GET
  @Path("dev/inbox.js")
  @Produces("text/javascript;charset=UTF-8")
  public InputStream script() {
    return InboxPage.class.getResourceAsStream("inbox.js");
  }
}
