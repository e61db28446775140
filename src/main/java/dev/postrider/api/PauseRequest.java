package dev.postrider.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.postrider.api.problem.ProblemException;
import dev.postrider.api.problem.ProblemType;
import dev.postrider.config.DurationText;
import dev.postrider.queue.admin.QueuePause;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * The body of a request to pause a queue.
 *
 * @param duration the member {@code for}; without it the pause lasts until it is ended
 * @param reason free text of the caller; may be empty
 */
record PauseRequest(Optional<Duration> duration, String reason) {

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * @param body may be empty
   * @throws ProblemException with the pointer of the fault
   */
  static PauseRequest read(byte[] body) {
    if (body.length == 0) {
      return new PauseRequest(Optional.empty(), "");
    }
    try (JsonParser from = JSON.createParser(body)) {
      if (from.nextToken() != JsonToken.START_OBJECT) {
        throw invalid("");
      }
      PauseRequest request = new PauseRequest(Optional.empty(), "");
      while (from.nextToken() == JsonToken.FIELD_NAME) {
        request = request.with(from.currentName(), from.nextTextValue());
      }
      return request;
    } catch (IOException broken) {
      throw invalid("");
    }
  }

  private PauseRequest with(String name, String value) {
    if (value == null) {
      throw invalid(pointer(name));
    }
    return switch (name) {
      case "for" -> new PauseRequest(Optional.of(duration(value)), reason);
      case "reason" -> new PauseRequest(duration, requireOneLine(value));
      default -> throw invalid(pointer(name));
    };
  }

  private static Duration duration(String text) {
    return DurationText.parse(text)
        .orElseThrow(
            () ->
                ProblemException.at(
                    "/for", ProblemType.INVALID_REQUEST, "expected " + DurationText.EXPECTED));
  }

  private static String requireOneLine(String reason) {
    if (!QueuePause.isReason(reason)) {
      throw ProblemException.at(
          "/reason",
          ProblemType.INVALID_REQUEST,
          "expected one line of at most " + QueuePause.REASON_MAX + " characters");
    }
    return reason;
  }

  private static String pointer(String name) {
    return "/" + name.replace("~", "~0").replace("/", "~1");
  }

  private static ProblemException invalid(String pointer) {
    return ProblemException.at(
        pointer,
        ProblemType.INVALID_REQUEST,
        "expected {\"for\":\"10m\",\"reason\":\"…\"}, both optional");
  }
}
