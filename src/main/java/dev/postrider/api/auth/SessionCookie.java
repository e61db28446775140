package dev.postrider.api.auth;

import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads and writes the session cookie. The cookie is SameSite and not visible to scripts; a request
 * that changes something must also come from a page of this server.
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
   * The role of the session; empty if there is none, if it was signed out, or if another site
   * requests a change. Fails if Redis cannot say whether it was signed out.
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

  /** Ends the session for all workers, if there is one; fails if Redis does not store that. */
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

  /** Browsers name the origin of a form; a request without it is refused. */
  static boolean isFromOwnPage(HttpServerRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    String origin = request.getHeader("Origin");
    boolean named = site != null || origin != null;
    return named
        && (site == null || site.equals("same-origin"))
        && (origin == null || LoopbackClient.isSameOrigin(origin, request));
  }

  /** The Set-Cookie header of a new session. */
  String set(String role, HttpServerRequest request) {
    return header(sessions.create(role, Instant.now()), Sessions.LIFETIME.toSeconds(), request);
  }

  /** The Set-Cookie header that deletes the cookie. */
  static String clear(HttpServerRequest request) {
    return header("", 0, request);
  }

  private static String header(String value, long seconds, HttpServerRequest request) {
    boolean tls = request.isSSL() || "https".equals(request.scheme());
    return "%s=%s; Max-Age=%d; Path=/; HttpOnly; SameSite=Strict%s"
        .formatted(NAME, value, seconds, tls ? "; Secure" : "");
  }
}
