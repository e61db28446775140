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

/** Maps each failure of a REST resource to a problem response. */
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

  /** Refused by the framework: unknown path, method or media type. */
  @ServerExceptionMapper
  Response refusedByFramework(WebApplicationException failure) {
    return answer(StandardProblems.ofStatus(failure.getResponse().getStatus())).build();
  }

  /** The body could not be read: the client closed the connection, or the body is too large. */
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
        "A request failed because of a bug in Postrider; the client got status 500. Please report"
            + " this.",
        failure);
    return answer(StandardProblems.ofStatus(500)).build();
  }

  private static Response.ResponseBuilder answer(Problem problem) {
    return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem.toJson());
  }
}
