package dev.postrider.api.problem;

import dev.postrider.redis.RedisUnavailable;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpClosedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where a failure behind the REST door becomes an answer. */
final class ExceptionMappers {

  private static final Logger LOG = Logger.getLogger(ExceptionMappers.class);

  @ServerExceptionMapper
  Response refused(ProblemException failure) {
    Response.ResponseBuilder answer = answer(failure.problem());
    failure
        .retryAfter()
        .ifPresent(wait -> answer.header(HttpHeaders.RETRY_AFTER, wait.toSeconds()));
    return answer.build();
  }

  @ServerExceptionMapper({AuthenticationFailedException.class, UnauthorizedException.class})
  Response unauthenticated(SecurityException failure) {
    return answer(StandardProblems.UNAUTHENTICATED)
        .header(HttpHeaders.WWW_AUTHENTICATE, StandardProblems.CHALLENGE)
        .build();
  }

  @ServerExceptionMapper
  Response forbidden(ForbiddenException failure) {
    return answer(StandardProblems.FORBIDDEN).build();
  }

  /** What the framework refuses: a path, a method, a media type. */
  @ServerExceptionMapper
  Response refusedByFramework(WebApplicationException failure) {
    return answer(StandardProblems.ofStatus(failure.getResponse().getStatus())).build();
  }

  /** The body could not be read: its sender hung up, or it was larger than the server takes. */
  @ServerExceptionMapper({IOException.class, HttpClosedException.class})
  Response unreadable(Exception failure) {
    LOG.debugf("The body of a request could not be read: %s.", failure.getMessage());
    return answer(StandardProblems.ofStatus(400)).build();
  }

  @ServerExceptionMapper
  Response broken(Throwable failure) {
    if (RedisUnavailable.isTemporary(failure)) {
      return refused(RedisUnavailableProblem.exception());
    }
    LOG.error(
        "A request failed by a fault of Postrider itself. Its sender was told only that; please"
            + " report this.",
        failure);
    return answer(StandardProblems.ofStatus(500)).build();
  }

  private static Response.ResponseBuilder answer(Problem problem) {
    return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem.toJson());
  }
}
