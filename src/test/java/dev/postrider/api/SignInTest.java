package dev.postrider.api;

import static dev.postrider.api.Caller.as;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.Backends;
import dev.postrider.support.Hostile;
import dev.postrider.support.LogRecords;
import dev.postrider.support.redis.RedisClient;
import dev.postrider.support.redis.RedisProcess;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign-in of browsers by a form, and protection against CSRF. */
@QuarkusTest
@TestProfile(Tokened.class)
@WithTestResource(Backends.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SignInTest {

  private static final String COOKIE = "postrider-session";
  private static final Map<String, String> SESSIONS = new HashMap<>();

  RedisProcess redis;

  @TestHTTPResource("/")
  URI base;

  @Test
  void shows_the_form_to_a_browser_and_a_problem_to_a_program() {
    given()
        .accept("text/html,application/xhtml+xml")
        .get("/")
        .then()
        .statusCode(401)
        .contentType(startsWith("text/html"))
        .header("Content-Security-Policy", containsString("default-src 'none'; style-src 'sha256-"))
        .header("Content-Security-Policy", not(containsString("unsafe")))
        .header("X-Content-Type-Options", equalTo("nosniff"))
        .header("Cache-Control", equalTo("no-store"))
        .body(containsString("action=\"/sign-in\""));
    given().get("/").then().statusCode(401).contentType("application/problem+json");
    given()
        .accept("text/html")
        .get("/dashboard/counts.js")
        .then()
        .statusCode(401)
        .contentType("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {Tokened.ADMIN, Tokened.VIEWER})
  void gives_a_session_for_a_token(String token) {
    Response reply = signIn(token);
    assertEquals(303, reply.statusCode());
    assertEquals(base.toString(), reply.header("Location"));
    String cookie = reply.header("Set-Cookie");
    assertTrue(
        cookie.matches(
            "postrider-session=[\\w.-]{60,90}; Max-Age=28800; Path=/; HttpOnly; SameSite=Strict"),
        cookie);
    assertFalse(cookie.contains(token), "the token itself");
    with(session(token)).accept("text/html").get("/").then().statusCode(200);
    with(session(token)).get("/api/v1/stats").then().statusCode(200);
  }

  @Test
  void gives_each_session_the_role_of_its_token() {
    own(with(session(Tokened.VIEWER))).post("/api/v1/queues/default/resume").then().statusCode(403);
    own(with(session(Tokened.ADMIN))).post("/api/v1/queues/default/resume").then().statusCode(200);
  }

  @Test
  void knows_no_other_token_and_repeats_nothing() {
    for (String token : new String[] {"wrong<script>", "", Tokened.PRODUCER, "x".repeat(1_500)}) {
      Response reply = signIn(token);
      assertEquals(401, reply.statusCode(), token);
      assertEquals(null, reply.header("Set-Cookie"));
      assertFalse(reply.asString().contains("script"), reply.asString());
    }
  }

  @Test
  void ends_a_session() {
    String session = SESSIONS.remove(Tokened.VIEWER);
    own(with(session == null ? signIn(Tokened.VIEWER).cookie(COOKIE) : session))
        .redirects()
        .follow(false)
        .post("/sign-out")
        .then()
        .statusCode(303)
        .header("Set-Cookie", startsWith("postrider-session=; Max-Age=0;"));
    given().post("/sign-out").then().statusCode(401);
  }

  @Test
  void takes_no_copy_of_a_session_that_was_signed_out() {
    String copied = signIn(Tokened.VIEWER).cookie(COOKIE);
    with(copied).get("/api/v1/stats").then().statusCode(200);
    own(with(copied)).redirects().follow(false).post("/sign-out").then().statusCode(303);
    with(copied).get("/api/v1/stats").then().statusCode(401);
    with(copied).accept("text/html").get("/").then().statusCode(401);
    with(session(Tokened.VIEWER)).get("/api/v1/stats").then().statusCode(200);
    try (RedisClient client = redis.client()) {
      long left = client.number("PTTL", "mail:signed-out:" + copied.split("\\.")[2]);
      assertTrue(left > 0 && left <= 28_800_000, "until it would have ended: " + left + " ms");
    }
  }

  @Test
  void trusts_no_session_while_redis_cannot_tell_whether_it_was_signed_out() {
    String session = session(Tokened.VIEWER);
    try (RedisClient client = redis.client()) {
      client.command("ACL", "SETUSER", "default", "-exists");
      with(session).get("/api/v1/stats").then().statusCode(503);
      with(session).accept("text/html").get("/").then().statusCode(503);
      with(session).get("/q/health/live").then().statusCode(200);
      as(Tokened.VIEWER).get("/api/v1/queues").then().statusCode(200);
      client.command("ACL", "SETUSER", "default", "+exists");
    }
    with(session).get("/api/v1/stats").then().statusCode(200);
  }

  @Test
  void takes_no_session_that_was_touched() {
    String session = session(Tokened.VIEWER);
    String[] parts = session.split("\\.");
    String later = Long.toString(Long.parseLong(parts[1]) + 1);
    for (String forged :
        new String[] {
          "",
          "admin",
          session.replaceFirst("viewer", "admin"),
          session.replaceFirst("viewer", "producer"),
          session.replace(parts[1], later),
          session.replace(parts[1], "1"),
          session.replace(parts[2], "A".repeat(16)),
          session.substring(0, session.length() - 1),
          session + "A",
          session.toUpperCase(),
          Tokened.ADMIN
        }) {
      with(forged).get("/api/v1/stats").then().statusCode(401);
    }
  }

  /** A page of another site makes the browser send a request, with the cookie. */
  @Hostile("requests of other sites")
  @ParameterizedTest
  @CsvFileSource(resources = "/hostile/cross-site.csv", numLinesToSkip = 1)
  void changes_nothing_for_a_page_of_another_site(String method, String site, String origin) {
    String session = session(Tokened.ADMIN);
    RequestSpecification request = with(session);
    if (site != null) {
      request.header("Sec-Fetch-Site", site);
    }
    if (origin != null) {
      request.header("Origin", origin.replace("OWN", own()).replace("PORT", "" + base.getPort()));
    }
    request.request(method, "/api/v1/queues/default/resume").then().statusCode(401);
  }

  @Test
  void reads_no_cookie_where_a_token_is_given() {
    with(session(Tokened.ADMIN))
        .auth()
        .preemptive()
        .oauth2("wrong")
        .get("/api/v1/stats")
        .then()
        .statusCode(401);
    as(Tokened.VIEWER).cookie(COOKIE, "x").get("/api/v1/stats").then().statusCode(200);
  }

  @Test
  void takes_no_form_from_another_site_and_no_large_one() {
    form(Tokened.ADMIN)
        .header("Origin", "https://evil.test")
        .post("/sign-in")
        .then()
        .statusCode(403);
    form(Tokened.ADMIN).post("/sign-in").then().statusCode(403);
    own(form("x".repeat(20_000)))
        .post("/sign-in")
        .then()
        .statusCode(401)
        .header("Set-Cookie", equalTo(null));
    own(given()).get("/sign-in").then().statusCode(401);
    own(given()).post("/sign-in/").then().statusCode(401);
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void is_patient_with_ten_tries_a_minute_and_keeps_the_token_out_of_the_log() {
    try (LogRecords log = LogRecords.above(Level.ALL)) {
      int tries = 0;
      while (signIn("guess-" + tries).statusCode() != 429) {
        assertTrue(++tries <= 20, "ten in this minute, ten in the next");
      }
      assertEquals("60", signIn(Tokened.ADMIN).header("Retry-After"));
      assertFalse(log.messages().toString().contains("guess-"), "a token in the log");
    }
  }

  /** One for each token: trying is limited, here as elsewhere. */
  private String session(String token) {
    return SESSIONS.computeIfAbsent(token, each -> signIn(each).cookie(COOKIE));
  }

  private Response signIn(String token) {
    return own(form(token)).redirects().follow(false).post("/sign-in");
  }

  private static RequestSpecification form(String token) {
    return given().contentType("application/x-www-form-urlencoded").formParam("token", token);
  }

  private RequestSpecification own(RequestSpecification request) {
    return request.header("Origin", own()).header("Sec-Fetch-Site", "same-origin");
  }

  private String own() {
    return "http://" + base.getAuthority();
  }

  private static RequestSpecification with(String session) {
    return given().cookie(COOKIE, session);
  }
}
