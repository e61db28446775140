package dev.postrider.api.auth;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestForm;

/** Sign-in and sign-out for browsers: a token is exchanged for a session. */
@Path("/")
public class SignInResource {

  /** The only path besides health that needs no authentication. */
  static final String PATH = "/sign-in";

  private static final Logger LOG = Logger.getLogger(SignInResource.class);
  private static final URI HOME = URI.create("/");

  private final Tokens tokens;
  private final SessionCookie cookie;
  private final SignInLimit limit;
  private final SignInPage page;

  SignInResource(Tokens tokens, SessionCookie cookie, SignInLimit limit, SignInPage page) {
    this.tokens = tokens;
    this.cookie = cookie;
    this.limit = limit;
    this.page = page;
  }

  @POST
  @Path("sign-in")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @PermitAll
  @Operation(hidden = true)
  public Uni<Response> signIn(@RestForm String token, @Context RoutingContext context) {
    HttpServerRequest request = context.request();
    if (!SessionCookie.isFromOwnPage(request)) {
      return refused(403, "Sign in from this page.");
    }
    if (!limit.tryAcquire(request.remoteAddress().hostAddress())) {
      return refused(429, "Too many tries. Wait a minute.");
    }
    Optional<String> role = tokens.roleOf(token == null ? "" : token.strip());
    return role.filter(one -> !one.equals(Roles.PRODUCER)).isPresent()
        ? signedIn(role.get(), request)
        : refused(401, "This is not the admin or viewer token.");
  }

  @POST
  @Path("sign-out")
  @RolesAllowed(Roles.VIEWER)
  @Operation(hidden = true)
  public Uni<Response> signOut(@Context RoutingContext context) {
    return cookie
        .signOut(context)
        .replaceWith(
            () ->
                Response.seeOther(HOME)
                    .header("Set-Cookie", SessionCookie.clear(context.request()))
                    .build());
  }

  private Uni<Response> signedIn(String role, HttpServerRequest request) {
    LOG.infof("A user signed in at the dashboard with the %s token.", role);
    return Uni.createFrom()
        .item(
            Response.seeOther(HOME)
                .header("Set-Cookie", cookie.set(role, request))
                .header("Cache-Control", "no-store")
                .build());
  }

  private Uni<Response> refused(int status, String message) {
    Response.ResponseBuilder answer = Response.status(status).entity(page.render(message));
    page.headers().forEach(answer::header);
    if (status == 429) {
      answer.header("Retry-After", 60);
    }
    return Uni.createFrom().item(answer.build());
  }
}
