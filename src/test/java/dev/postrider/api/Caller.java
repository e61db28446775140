package dev.postrider.api;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;

/** How tests come in, and how they follow a mail from there. */
public final class Caller {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(20);

  private Caller() {}

  public static RequestSpecification as(String token) {
    return given().auth().preemptive().oauth2(token);
  }

  public static RequestSpecification json(String body) {
    return as(Tokened.ADMIN).contentType(ContentType.JSON).body(body);
  }

  /** A mail that the sink takes. */
  public static String mail(String more) {
    return ("{\"from\":\"Acme <hi@acme.test>\",\"to\":[\"ana@example.test\"],"
            + "\"subject\":\"Hello\",\"text\":\"It works.\"%s}")
        .formatted(more.isEmpty() ? "" : "," + more);
  }

  /** The state of a mail; "null" if it is unknown. */
  static String state(String id) {
    return Objects.toString(seen(id).path("state"));
  }

  /** Waits until a mail is there, and shows it. */
  public static ValidatableResponse awaitState(String id, String state) {
    Awaitility.await(id + " to be " + state)
        .atMost(TIMEOUT)
        .pollInterval(POLL)
        .until(() -> state(id), state::equals);
    return seen(id).then().statusCode(200);
  }

  private static Response seen(String id) {
    return as(Tokened.VIEWER).get("/api/v1/mails/" + id);
  }

  /** A refusal in the form of RFC 9457. */
  public static ValidatableResponse problem(ValidatableResponse response) {
    return response.contentType("application/problem+json");
  }
}
