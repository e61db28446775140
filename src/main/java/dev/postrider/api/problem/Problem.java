package dev.postrider.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A problem of RFC 9457.
 *
 * @param type URI of the problem type; programs compare it
 * @param title the type in words
 * @param status the HTTP status
 * @param detail this case and what to do; contains no personal data
 * @param pointer RFC 6901 pointer of the fault in the request's JSON; null if it is not there
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A problem of RFC 9457")
public record Problem(
    @Schema(
            description = "URI of the problem type; programs compare it",
            examples = "/problems/invalid-mail")
        String type,
    @Schema(description = "The type in words", examples = "The mail breaks a rule") String title,
    @Schema(description = "The HTTP status", examples = "400") int status,
    @Schema(description = "This case and what to do", examples = "missing: at least one")
        String detail,
    @Schema(
            description = "RFC 6901 pointer of the fault in the request's JSON",
            examples = "/to",
            nullable = true)
        String pointer) {

  /** Media type of RFC 9457. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final JsonFactory JSON = new JsonFactory();

  static Problem of(ProblemType problemType, String detail) {
    return new Problem(problemType.type(), problemType.title(), problemType.status(), detail, null);
  }

  static Problem of(ProblemType problemType, String detail, String pointer) {
    return new Problem(
        problemType.type(), problemType.title(), problemType.status(), detail, pointer);
  }

  /** The body of the response. */
  String toJson() {
    StringWriter out = new StringWriter();
    try (JsonGenerator to = JSON.createGenerator(out)) {
      to.writeStartObject();
      to.writeStringField("type", type);
      to.writeStringField("title", title);
      to.writeNumberField("status", status);
      to.writeStringField("detail", detail);
      if (pointer != null) {
        to.writeStringField("pointer", pointer);
      }
      to.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }
}
