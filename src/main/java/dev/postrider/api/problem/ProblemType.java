package dev.postrider.api.problem;

import java.util.Arrays;
import java.util.Locale;

/** Every kind of problem: the last part of its type is its name in lower case. */
public enum ProblemType {
  INVALID_MAIL(400, "The mail breaks a rule"),
  INVALID_REQUEST(400, "The request breaks a rule"),
  UNAUTHENTICATED(401, "Who are you?"),
  FORBIDDEN(403, "This token may not do that"),
  NOT_FOUND(404, "There is nothing here"),
  UNKNOWN_QUEUE(404, "There is no such queue"),
  UNKNOWN_MAIL(404, "There is no such mail"),
  METHOD_NOT_ALLOWED(405, "Not that way"),
  NOT_ACCEPTABLE(406, "No such form of answer"),
  ALREADY_ENDED(409, "The mail has ended already"),
  NOT_DEAD_LETTER(409, "There is nothing to retry or discard"),
  TOO_LARGE(413, "Too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "No such form of content"),
  QUEUE_FULL(429, "The queue is full"),
  INTERNAL_ERROR(500, "Something broke here"),
  REDIS_DOWN(503, "Redis does not answer"),
  TOO_MANY_LISTENERS(503, "Too many listen");

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

  /** The general kind for a status that a framework chose. */
  static ProblemType ofStatus(int status) {
    return Arrays.stream(values())
        .filter(problemType -> problemType.status == status && problemType != INVALID_MAIL)
        .findFirst()
        .orElse(status < 500 ? INVALID_REQUEST : INTERNAL_ERROR);
  }
}
