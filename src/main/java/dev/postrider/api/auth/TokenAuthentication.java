package dev.postrider.api.auth;

import dev.postrider.api.problem.HttpProblems;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Authenticates by {@code Authorization: Bearer} (RFC 6750) or by session cookie. In dev mode, a
 * {@link LoopbackClient} is admin without either.
 */
@Singleton
final class TokenAuthentication implements HttpAuthenticationMechanism {

  private static final String SCHEME = "Bearer ";
  private static final String UNVERIFIED = "postrider.session-unknown";
  private static final String NO_REDIS =
      "Redis does not answer, so this session cannot be verified. Try again soon.";

  private final boolean dev = LaunchMode.current() == LaunchMode.DEVELOPMENT;
  private final SessionCookie cookie;
  private final SignInPage signIn;

  TokenAuthentication(SessionCookie cookie, SignInPage signIn) {
    this.cookie = cookie;
    this.signIn = signIn;
  }

  @Override
  @CheckReturnValue
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager identities) {
    String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    if (header != null) {
      return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
          ? identities.authenticate(new TokenRequest(header.substring(SCHEME.length()).strip()))
          : Uni.createFrom().failure(new AuthenticationFailedException());
    }
    return dev && LoopbackClient.isTrusted(context.request())
        ? Uni.createFrom().item(Identities.of(Roles.ADMIN))
        : cookie
            .role(context)
            .map(role -> role.map(Identities::of).orElse(null))
            .onFailure()
            .recoverWithUni(failure -> unverified(context));
  }

  /** Redis cannot verify the session: health stays open, all else gets 503. */
  private static Uni<SecurityIdentity> unverified(RoutingContext context) {
    context.put(UNVERIFIED, true);
    return Uni.createFrom().nullItem();
  }

  @Override
  @CheckReturnValue
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
  }

  @Override
  @CheckReturnValue
  public Uni<Boolean> sendChallenge(RoutingContext context) {
    boolean unverified = context.get(UNVERIFIED) != null;
    if (SignInPage.isPageRequest(context)) {
      signIn.send(context, unverified ? 503 : 401, unverified ? NO_REDIS : "");
    } else if (unverified) {
      HttpProblems.unavailable(context);
    } else {
      HttpProblems.challenge(context);
    }
    return Uni.createFrom().item(true);
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return Set.of(TokenRequest.class);
  }
}
