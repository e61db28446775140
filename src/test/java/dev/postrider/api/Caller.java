package dev.postrider.api;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;

/** How tests come in. */
final class Caller {

  private Caller() {}

  static RequestSpecification as(String token) {
    return given().auth().preemptive().oauth2(token);
  }

  static RequestSpecification json(String body) {
    return as(Tokened.ADMIN).contentType(ContentType.JSON).body(body);
  }

  /** A mail that the sink takes. */
  static String mail(String more) {
    return ("{\"from\":\"Acme <hi@acme.test>\",\"to\":[\"ana@example.test\"],"
            + "\"subject\":\"Hello\",\"text\":\"It works.\"%s}")
        .formatted(more.isEmpty() ? "" : "," + more);
  }
}
