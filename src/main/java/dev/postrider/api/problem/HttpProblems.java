package dev.postrider.api.problem;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/** Writes problems for requests that reach no resource, so that no client gets HTML. */
@Singleton
public final class HttpProblems {

  private static final List<Integer> STATUSES = List.of(400, 401, 403, 404, 405, 406, 413, 415);

  void install(@Observes Router router) {
    STATUSES.forEach(status -> router.errorHandler(status, answering(status)));
  }

  private static Handler<RoutingContext> answering(int status) {
    return context -> answer(context, StandardProblems.ofStatus(status));
  }

  /** 401: the request has no valid token. */
  public static void challenge(RoutingContext context) {
    context.response().putHeader("WWW-Authenticate", StandardProblems.CHALLENGE);
    answer(context, StandardProblems.UNAUTHENTICATED);
  }

  /** 503: Redis cannot verify the session. */
  public static void unavailable(RoutingContext context) {
    answer(context, StandardProblems.REDIS_DOWN);
  }

  static void answer(RoutingContext context, Problem problem) {
    if (!context.response().ended()) {
      context
          .response()
          .setStatusCode(problem.status())
          .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
          .end(problem.toJson());
    }
  }
}
