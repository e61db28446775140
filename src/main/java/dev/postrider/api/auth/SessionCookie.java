package dev.postrider.api.auth;

import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/**
 * The cookie of a session. The browser sends it to this site alone and shows it to no script; a
 * request that changes something must come from a page of this site as well.
 */
@Singleton
final class SessionCookie {

  static final String NAME = "postrider-session";

  private final Sessions sessions;
  private final RevokedSessions revokedSessions;

  SessionCookie(Sessions sessions, RevokedSessions revokedSessions) {
    this.sessions = sessions;
    this.revokedSessions = revokedSessions;
  }

  /**
   * Whose session it is; empty if there is none, if it was signed out, or if another site asks for
   * a change. Fails if Redis does not tell whether it was signed out.
   */
  @CheckReturnValue
  Uni<Optional<String>> role(RoutingContext context) {
    return session(context)
        .map(this::unlessRevoked)
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
  }

  private Uni<Optional<String>> unlessRevoked(Sessions.Session session) {
    Optional<String> role = Optional.of(session.role());
    return revokedSessions.contains(session).map(out -> out ? Optional.empty() : role);
  }

  /** Ends the session for every worker, if there is one; fails if Redis does not note that. */
  @CheckReturnValue
  Uni<Void> signOut(RoutingContext context) {
    return session(context)
        .map(session -> revokedSessions.add(session, Instant.now()))
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  private Optional<Sessions.Session> session(RoutingContext context) {
    return Optional.ofNullable(context.request().getCookie(NAME))
        .filter(
            cookie ->
                LoopbackClient.isReadOnly(context.request()) || isFromOwnPage(context.request()))
        .flatMap(cookie -> sessions.read(cookie.getValue(), Instant.now()));
  }

  /** Browsers name the page that asks; one that does not is none of ours. */
  static boolean isFromOwnPage(HttpServerRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    String origin = request.getHeader("Origin");
    boolean named = site != null || origin != null;
    return named
        && (site == null || site.equals("same-origin"))
        && (origin == null || LoopbackClient.isSameOrigin(origin, request));
  }

  /** The header that gives it to the browser. */
  String set(String role, HttpServerRequest request) {
    return header(sessions.create(role, Instant.now()), Sessions.LIFETIME.toSeconds(), request);
  }

  /** The header that takes it away. */
  static String clear(HttpServerRequest request) {
    return header("", 0, request);
  }

  private static String header(String value, long seconds, HttpServerRequest request) {
    boolean tls = request.isSSL() || "https".equals(request.scheme());
    return "%s=%s; Max-Age=%d; Path=/; HttpOnly; SameSite=Strict%s"
        .formatted(NAME, value, seconds, tls ? "; Secure" : "");
  }
}
