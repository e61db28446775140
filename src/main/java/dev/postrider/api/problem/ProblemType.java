package dev.postrider.api.problem;

import java.util.Arrays;
import java.util.Locale;

/** All problem types. The last part of the type's URI is the name in lower case. */
public enum ProblemType {
  INVALID_MAIL(400, "The mail breaks a rule"),
  INVALID_REQUEST(400, "The request breaks a rule"),
  UNAUTHENTICATED(401, "A valid token is required"),
  FORBIDDEN(403, "The token's role does not allow this"),
  NOT_FOUND(404, "Unknown path"),
  UNKNOWN_QUEUE(404, "Unknown queue"),
  UNKNOWN_MAIL(404, "Unknown mail"),
  METHOD_NOT_ALLOWED(405, "The path does not support this method"),
  NOT_ACCEPTABLE(406, "The response cannot have this media type"),
  ALREADY_ENDED(409, "The mail has already ended"),
  NOT_DEAD_LETTER(409, "The mail is not dead or held"),
  TOO_LARGE(413, "Too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The request cannot have this media type"),
  QUEUE_FULL(429, "The queue is full"),
  INTERNAL_ERROR(500, "Internal error"),
  REDIS_DOWN(503, "Redis does not answer"),
  TOO_MANY_LISTENERS(503, "Too many listeners");

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  String type() {
    return "/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The general type for a status of the framework. */
  static ProblemType ofStatus(int status) {
    return Arrays.stream(values())
        .filter(problemType -> problemType.status == status && problemType != INVALID_MAIL)
        .findFirst()
        .orElse(status < 500 ? INVALID_REQUEST : INTERNAL_ERROR);
  }
}
