package dev.postrider.api.auth;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Denies every request without an identity, except health and {@code POST /sign-in}. These two are
 * compared with the raw path, so that an odd spelling of a path is denied. For all other requests
 * the annotations of the resources decide.
 */
@Singleton
public final class DefaultDenyPolicy implements HttpSecurityPolicy {

  private static final Set<String> HEALTH =
      Set.of("/q/health", "/q/health/live", "/q/health/ready", "/q/health/started");
  private static final Set<HttpMethod> READ_METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final String API = "/api/v1/";

  @Override
  @CheckReturnValue
  public Uni<CheckResult> checkPermission(
      RoutingContext context,
      Uni<SecurityIdentity> identity,
      AuthorizationRequestContext authorization) {
    if (HEALTH.contains(context.request().path())
        && READ_METHODS.contains(context.request().method())) {
      return CheckResult.permit();
    }
    if (isSignIn(context.request())) {
      return CheckResult.permit();
    }
    boolean api = isApiPath(context);
    return identity.map(caller -> new CheckResult(isAllowed(caller, api)));
  }

  /** The body is limited to 9,999 bytes, because the sender is not authenticated yet. */
  private static boolean isSignIn(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return request.method() == HttpMethod.POST
        && SignInResource.PATH.equals(request.path())
        && length != null
        && length.matches("\\d{1,4}");
  }

  /** Raw and normalized path must agree: {@code /api/v1/../../q/metrics} is not the API. */
  private static boolean isApiPath(RoutingContext context) {
    return context.request().path().startsWith(API) && context.normalizedPath().startsWith(API);
  }

  /** The producer role is for the API only. */
  private static boolean isAllowed(SecurityIdentity caller, boolean api) {
    return !caller.isAnonymous() && (api || caller.hasRole(Roles.VIEWER));
  }
}
