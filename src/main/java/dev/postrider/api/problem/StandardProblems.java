package dev.postrider.api.problem;

/** The problems whose detail is always the same. */
final class StandardProblems {

  static final String CHALLENGE = "Bearer realm=\"postrider\"";

  static final Problem UNAUTHENTICATED =
      Problem.of(
          ProblemType.UNAUTHENTICATED,
          "Send the header Authorization: Bearer <token>. Tokens are set by"
              + " postrider.security.admin-token, .viewer-token and .producer-token; without any"
              + " of them everything except health is closed.");

  static final Problem FORBIDDEN =
      Problem.of(
          ProblemType.FORBIDDEN,
          "The admin token may do everything, the viewer token may read, the producer token may"
              + " enqueue and use guards.");

  static final Problem REDIS_DOWN =
      Problem.of(
          ProblemType.REDIS_DOWN,
          "It is unknown whether this session was signed out. Try again soon, or send a token.");

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
      case 405 -> "OPTIONS on this path lists its methods.";
      case 406 -> "The response is application/json.";
      case 413 -> "The request is larger than quarkus.http.limits.max-body-size.";
      case 415 -> "Send application/json in UTF-8.";
      default ->
          status < 500
              ? "The request could not be read."
              : "The worker's log has the details. Trying again may help.";
    };
  }
}
