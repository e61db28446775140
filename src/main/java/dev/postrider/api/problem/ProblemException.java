package dev.postrider.api.problem;

import java.time.Duration;
import java.util.Optional;

/** A request cannot be fulfilled: thrown anywhere behind the door, answered as a problem. */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final transient Optional<Duration> retryAfter;

  private ProblemException(Problem problem, Optional<Duration> retryAfter) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  /** A refusal of this kind. */
  public static ProblemException of(ProblemType problemType, String detail) {
    return new ProblemException(Problem.of(problemType, detail), Optional.empty());
  }

  /**
   * A refusal of what stands at one place of the request's JSON.
   *
   * @param pointer RFC 6901; empty for the whole document
   */
  public static ProblemException at(String pointer, ProblemType problemType, String detail) {
    return new ProblemException(Problem.of(problemType, detail, pointer), Optional.empty());
  }

  /** A refusal that may pass by itself. */
  public static ProblemException retryLater(
      ProblemType problemType, String detail, Duration retryAfter) {
    return new ProblemException(Problem.of(problemType, detail), Optional.of(retryAfter));
  }

  /** What is answered. */
  public Problem problem() {
    return problem;
  }

  Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
