package dev.postrider.api.problem;

/** The problems that need no further explanation. */
final class StandardProblems {

  static final String CHALLENGE = "Bearer realm=\"postrider\"";

  static final Problem UNAUTHENTICATED =
      Problem.of(
          ProblemType.UNAUTHENTICATED,
          "Send the header Authorization: Bearer <token>. Tokens are set by"
              + " postrider.security.admin-token, .viewer-token and .producer-token; without any"
              + " of them everything but health is closed.");

  static final Problem FORBIDDEN =
      Problem.of(
          ProblemType.FORBIDDEN,
          "The admin token may do everything, the viewer token may look, the producer token may"
              + " enqueue and use guards.");

  static final Problem REDIS_DOWN =
      Problem.of(
          ProblemType.REDIS_DOWN,
          "Nobody can tell whether this session was signed out. Try again soon, or send a token.");

  private StandardProblems() {}

  static Problem ofStatus(int status) {
    return switch (status) {
      case 401 -> UNAUTHENTICATED;
      case 403 -> FORBIDDEN;
      default -> {
        ProblemType problemType = ProblemType.ofStatus(status);
        yield new Problem(problemType.type(), problemType.title(), status, detail(status), null);
      }
    };
  }

  private static String detail(int status) {
    return switch (status) {
      case 404 -> "The API is described at /q/openapi.";
      case 405 -> "OPTIONS on this path names its methods.";
      case 406 -> "The answer is application/json.";
      case 413 -> "The whole request is larger than quarkus.http.limits.max-body-size.";
      case 415 -> "Send application/json in UTF-8.";
      default ->
          status < 500
              ? "The request could not be read."
              : "It is written in this worker's log. Trying again may help.";
    };
  }
}
