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
 * Closed by default, for every path there is or will be. Health is open and the place where a
 * browser brings its token, and only in their exact spelling, so that whatever a path is written
 * like can close the door but never open it. Behind it the annotations of the resources decide.
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

  /** What is larger than a token is none; strangers shall not fill the memory. */
  private static boolean isSignIn(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return request.method() == HttpMethod.POST
        && SignInResource.PATH.equals(request.path())
        && length != null
        && length.matches("\\d{1,4}");
  }

  /** Both spellings must agree, or {@code /api/v1/../../q/metrics} would pass for the API. */
  private static boolean isApiPath(RoutingContext context) {
    return context.request().path().startsWith(API) && context.normalizedPath().startsWith(API);
  }

  /** Producers have no business outside the API. */
  private static boolean isAllowed(SecurityIdentity caller, boolean api) {
    return !caller.isAnonymous() && (api || caller.hasRole(Roles.VIEWER));
  }
}
