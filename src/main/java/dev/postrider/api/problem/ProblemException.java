package dev.postrider.api.problem;

import java.time.Duration;
import java.util.Optional;

/** Thrown by the HTTP API if a request cannot be fulfilled; becomes a problem response. */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final transient Optional<Duration> retryAfter;

  private ProblemException(Problem problem, Optional<Duration> retryAfter) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  /** A problem without a pointer. */
  public static ProblemException of(ProblemType problemType, String detail) {
    return new ProblemException(Problem.of(problemType, detail), Optional.empty());
  }

  /**
   * A problem at one place of the request's JSON.
   *
   * @param pointer RFC 6901; empty for the whole document
   */
  public static ProblemException at(String pointer, ProblemType problemType, String detail) {
    return new ProblemException(Problem.of(problemType, detail, pointer), Optional.empty());
  }

  /** A temporary problem, with Retry-After. */
  public static ProblemException retryLater(
      ProblemType problemType, String detail, Duration retryAfter) {
    return new ProblemException(Problem.of(problemType, detail), Optional.of(retryAfter));
  }

  /** The body of the response. */
  public Problem problem() {
    return problem;
  }

  Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
