package dev.postrider.api.problem;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/**
 * Answers 413 as a problem if Content-Length is above {@code quarkus.http.limits.max-body-size}.
 * For a request without Content-Length the server closes the connection without a response.
 */
@Singleton
final class BodyLimit {

  /** After authorization (100), so that it comes first; before the server's own limit. */
  private static final int PRIORITY = 50;

  private final long maxBytes;

  BodyLimit(Config config) {
    this.maxBytes =
        config
            .getOptionalValue("quarkus.http.limits.max-body-size", MemorySize.class)
            .map(MemorySize::asLongValue)
            .orElse(Long.MAX_VALUE);
  }

  void install(@Observes Filters filters) {
    filters.register(this::check, PRIORITY);
  }

  private void check(RoutingContext context) {
    if (contentLength(context) <= maxBytes) {
      context.next();
    } else {
      // The rest of the body is not read, so the connection cannot be reused.
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      HttpProblems.answer(context, StandardProblems.ofStatus(413));
    }
  }

  private static long contentLength(RoutingContext context) {
    String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length);
  }
}
