package dev.postrider.dashboard;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.InputStream;

/** Script and style of the dashboard. A resource, because static files have no roles. */
@Path("/dashboard")
@RolesAllowed("viewer")
public final class DashboardAssets {

  DashboardAssets() {}

  @GET
  @Path("counts.js")
  @Produces("text/javascript;charset=UTF-8")
  public InputStream script() {
    return DashboardAssets.class.getResourceAsStream("counts.js");
  }

  @GET
  @Path("page.css")
  @Produces("text/css;charset=UTF-8")
  public InputStream style() {
    return DashboardAssets.class.getResourceAsStream("page.css");
  }
}
