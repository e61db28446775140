package dev.postrider.dashboard;

import io.quarkus.arc.profile.UnlessBuildProfile;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.InputStream;

/** The dashboard in production; dev mode has its own page, with the inbox. */
@UnlessBuildProfile("dev")
@Path("/")
@RolesAllowed("viewer")
public final class DashboardPage {

  DashboardPage() {}

  @GET
  @Produces("text/html;charset=UTF-8")
  public InputStream page() {
    return DashboardPage.class.getResourceAsStream("counts.html");
  }
}
