package dev.postrider.api;

import static dev.postrider.api.Caller.as;
import static dev.postrider.api.Caller.mail;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.Backends;
import dev.postrider.support.Hostile;
import dev.postrider.support.redis.RedisProcess;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything but health is closed without a token, however a path is written. */
@QuarkusTest
@TestProfile(Tokened.class)
@WithTestResource(Backends.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SecurityTest {

  @TestHTTPResource("/")
  URI base;

  RedisProcess redis;

  @BeforeEach
  void forget() {
    redis.flush();
  }

  @Hostile("paths past the access check")
  static Stream<String> targets() {
    return Stream.of(
        "GET /",
        "GET /index.html",
        "GET /api",
        "GET /api/v1",
        "GET /api/v1/",
        "GET /api/v1/stats",
        "GET /api/v1/stats/",
        "GET /api/v1/stats;x",
        "GET /api/v1/stats;x=/q/health/live",
        "GET /api/v1/stats%3Bx",
        "GET /api/v1//stats",
        "GET //api/v1/stats",
        "GET /api//v1/stats",
        "GET /api/v1/./stats",
        "GET /api/v1/x/../stats",
        "GET /q/health/live/../../../api/v1/stats",
        "GET /q/health/live/..;/../../api/v1/stats",
        "GET /q/health/live/%2e%2e/%2e%2e/%2e%2e/api/v1/stats",
        "GET /q/health/live%2f..%2f..%2f..%2fapi%2fv1%2fstats",
        "GET /q/health/live;/../../../api/v1/stats",
        "GET /q/health/../openapi",
        "GET /q/health/%2e%2e/openapi",
        "GET /q/health;x/../openapi",
        "GET /q/openapi",
        "GET /q/openapi;/q/health/live",
        "GET /q/openapi?/q/health/live",
        "GET /q/openapi#/q/health/live",
        "GET /q//openapi",
        "GET /q/openapi/",
        "GET /q/metrics",
        "GET /q/dev-ui",
        "GET /q/swagger-ui",
        "GET /q/arc",
        "GET /q/",
        "GET /q",
        "GET /q/health-ui",
        "GET /q/health/group/x",
        "GET /q/health/well",
        "GET /q/health/live/",
        "GET /q/health/live;x",
        "GET /q/health/live%3Bx",
        "GET //q/health/live",
        "GET /api/v1/queues",
        "GET /api/v1/queues/default",
        "GET /api/v1/queues%2Fdefault",
        "GET /API/V1/STATS",
        "GET /api/v1/mails/1-1",
        "GET /api/v1/guards/offer:1",
        "GET /api/v1/guards/../stats",
        "GET /api/v1/guards/%2e%2e/stats",
        "GET /api/v1/guards/..%2fstats",
        "GET \\api\\v1\\stats",
        "GET /api/v1/stats%00",
        "GET /api/v1/stats%0a",
        "GET /%61pi/v1/stats",
        "GET http://localhost/api/v1/stats",
        "HEAD /api/v1/stats",
        "OPTIONS /api/v1/stats",
        "OPTIONS *",
        "TRACE /api/v1/stats",
        "PUT /api/v1/mails",
        "DELETE /api/v1/queues/default",
        "POST /api/v1/mails",
        "POST /api/v1/mails/batch",
        "POST /api/v1/mails/1-1/cancel",
        "GET /api/v1/mails?state=dead",
        "POST /api/v1/mails/1-1/retry",
        "POST /api/v1/mails/1-1/discard",
        "POST /api/v1/mails/bulk",
        "GET /api/v1/workers",
        "GET /api/v1/routes",
        "POST /api/v1/guards/offer:1",
        "POST /api/v1/queues/default/pause",
        "POST /api/v1/queues/default/resume",
        "POST /q/health/live",
        "PATCH /q/health/live",
        "FOO /api/v1/stats");
  }

  @ParameterizedTest
  @MethodSource("targets")
  void stays_closed_without_a_token(String target) throws IOException {
    String status = statusOf(target, "");
    assertFalse(status.startsWith("2") || status.startsWith("3"), target + " gave " + status);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void stays_closed_with_a_wrong_token(String target) throws IOException {
    for (String header : new String[] {"Bearer wrong", "Bearer ", "Basic YWRtaW46YWRtaW4="}) {
      String status = statusOf(target, "Authorization: " + header + "\r\n");
      assertFalse(status.startsWith("2") || status.startsWith("3"), target + " gave " + status);
    }
  }

  /** A client of our own: every other one would tidy the path first. */
  private String statusOf(String target, String headers) throws IOException {
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      socket.setSoTimeout(10_000);
      String request =
          target + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n";
      socket.getOutputStream().write((request + headers + "\r\n").getBytes(StandardCharsets.UTF_8));
      String reply =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertTrue(reply.startsWith("HTTP/1."), "an answer");
      return reply.split(" ", 3)[1];
    }
  }

  @Test
  void leaves_health_open() {
    for (String path : new String[] {"", "/live", "/ready", "/started"}) {
      assertTrue(
          given().get("/q/health" + path).statusCode() != 401, "health needs no token: " + path);
    }
    given().get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
  }

  @Test
  void answers_in_the_form_of_rfc_9457_and_asks_for_a_bearer_token() {
    for (String path : new String[] {"/api/v1/stats", "/q/openapi", "/", "/nowhere"}) {
      given()
          .get(path)
          .then()
          .statusCode(401)
          .contentType("application/problem+json")
          .header("WWW-Authenticate", startsWith("Bearer"))
          .body("type", equalTo("/problems/unauthenticated"));
      as("wrong")
          .get(path)
          .then()
          .statusCode(401)
          .contentType("application/problem+json")
          .header("WWW-Authenticate", startsWith("Bearer"));
    }
  }

  @Test
  void lets_each_role_do_what_it_may_and_nothing_else() {
    assertStatus(200, Tokened.VIEWER, "GET", "/api/v1/stats");
    assertStatus(200, Tokened.VIEWER, "GET", "/api/v1/guards/a");
    assertStatus(403, Tokened.VIEWER, "POST", "/api/v1/mails");
    assertStatus(403, Tokened.VIEWER, "POST", "/api/v1/mails/batch");
    assertStatus(403, Tokened.VIEWER, "POST", "/api/v1/mails/1-1/cancel");
    assertStatus(403, Tokened.VIEWER, "POST", "/api/v1/guards/a");
    assertStatus(403, Tokened.VIEWER, "POST", "/api/v1/queues/default/pause");
    assertStatus(403, Tokened.VIEWER, "POST", "/api/v1/queues/default/resume");
    assertStatus(202, Tokened.PRODUCER, "POST", "/api/v1/mails");
    assertStatus(202, Tokened.PRODUCER, "POST", "/api/v1/mails/1-1/cancel");
    assertStatus(200, Tokened.PRODUCER, "GET", "/api/v1/guards/a");
    assertStatus(403, Tokened.PRODUCER, "GET", "/api/v1/stats");
    assertStatus(403, Tokened.PRODUCER, "GET", "/api/v1/queues");
    assertStatus(403, Tokened.PRODUCER, "GET", "/api/v1/mails/1-1");
    assertStatus(403, Tokened.PRODUCER, "POST", "/api/v1/queues/default/pause");
    assertStatus(403, Tokened.PRODUCER, "GET", "/q/openapi");
    assertStatus(403, Tokened.PRODUCER, "GET", "/");
    assertStatus(200, Tokened.VIEWER, "GET", "/q/openapi");
    assertStatus(200, Tokened.ADMIN, "POST", "/api/v1/queues/default/resume");
  }

  private static void assertStatus(int expected, String token, String method, String path) {
    var request = as(token).noContentType();
    if (method.equals("POST") && !path.endsWith("pause") && !path.endsWith("resume")) {
      request = request.contentType("application/json").body(mail(""));
    }
    var response = request.request(method, path);
    assertEquals(expected, response.statusCode(), method + " " + path + " as " + token);
    if (expected >= 400) {
      assertEquals("application/problem+json", response.contentType());
    }
  }

  @Test
  void answers_unknown_paths_and_methods_as_problems() {
    as(Tokened.ADMIN)
        .get("/api/v1/nowhere")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/not-found"));
    as(Tokened.ADMIN)
        .get("/nowhere")
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
    as(Tokened.ADMIN)
        .delete("/api/v1/stats")
        .then()
        .statusCode(405)
        .contentType("application/problem+json");
  }
}
