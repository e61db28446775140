package dev.postrider.api.mails;

import static dev.postrider.api.Caller.as;
import static dev.postrider.api.Caller.awaitState;
import static dev.postrider.api.Caller.json;
import static dev.postrider.api.Caller.mail;
import static dev.postrider.api.Caller.problem;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.api.Tokened;
import dev.postrider.support.Backends;
import dev.postrider.support.LogRecords;
import dev.postrider.support.redis.RedisClient;
import dev.postrider.support.redis.RedisProcess;
import dev.postrider.support.smtp.Sink;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dead and held mail through the HTTP API: lists, retry, discard, many at once; and who works. */
@QuarkusTest
@TestProfile(Tokened.class)
@WithTestResource(Backends.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DeadLetterApiTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final String BULK = "/api/v1/mails/bulk";

  RedisProcess redis;
  Sink sink;

  @BeforeEach
  void forget() {
    redis.flush();
    sink.clear();
  }

  @Test
  void retries_a_dead_mail_and_sends_it_once() {
    enqueue("a", "550-5.1.1-1x+ana@example.test", "");
    awaitState("a", "dead");
    as(Tokened.ADMIN)
        .post("/api/v1/mails/a/retry")
        .then()
        .statusCode(202)
        .body("id", equalTo("a"))
        .body("queue", equalTo("default"))
        .body("was", equalTo("dead"))
        .body("state", equalTo("ready"));
    awaitState("a", "sent").body("timeline.type", hasItem("retried"));
    problem(as(Tokened.ADMIN).post("/api/v1/mails/a/retry").then())
        .statusCode(409)
        .body("type", equalTo("/problems/not-dead-letter"))
        .body("detail", containsString("sent"));
    assertEquals(1, sink.mails().size());
    assertEquals(0, redis.client().number("XLEN", "mail:{default}:dead"));
  }

  @Test
  void releases_a_held_mail() {
    enqueue("h", "drop-after-dot-1x+ana@example.test", "\"on_unknown\":\"hold\"");
    awaitState("h", "held");
    as(Tokened.ADMIN)
        .post("/api/v1/mails/h/retry")
        .then()
        .statusCode(202)
        .body("was", equalTo("held"));
    awaitState("h", "sent");
  }

  @Test
  void discards_a_dead_mail_for_good() {
    enqueue("a", "550-5.1.1@example.test", "");
    awaitState("a", "dead");
    as(Tokened.ADMIN)
        .post("/api/v1/mails/a/discard")
        .then()
        .statusCode(200)
        .body("was", equalTo("dead"))
        .body("state", equalTo("discarded"));
    awaitState("a", "discarded").body("timeline.type", hasItem("discarded"));
    problem(as(Tokened.ADMIN).post("/api/v1/mails/a/discard").then())
        .statusCode(409)
        .body("detail", containsString("discarded"));
    problem(as(Tokened.ADMIN).post("/api/v1/mails/a/retry").then()).statusCode(409);
    problem(as(Tokened.ADMIN).post("/api/v1/mails/a/cancel").then()).statusCode(409);
  }

  @Test
  void refuses_a_mail_that_is_no_dead_letter_or_is_unknown() {
    enqueue("later", "ana@example.test", "\"scheduled_at\":\"2099-01-01T00:00:00Z\"");
    awaitState("later", "scheduled");
    for (String action : List.of("retry", "discard")) {
      problem(as(Tokened.ADMIN).post("/api/v1/mails/later/" + action).then())
          .statusCode(409)
          .body("detail", containsString("scheduled"));
      problem(as(Tokened.ADMIN).post("/api/v1/mails/unknown/" + action).then())
          .statusCode(404)
          .body("type", equalTo("/problems/unknown-mail"));
      problem(as(Tokened.ADMIN).post("/api/v1/mails/a%20b/" + action).then()).statusCode(400);
      problem(as(Tokened.ADMIN).post("/api/v1/mails/a/" + action + "?queue=no").then())
          .statusCode(404);
    }
  }

  @Test
  void lets_only_the_admin_touch_and_the_viewer_look() {
    for (String token : List.of(Tokened.VIEWER, Tokened.PRODUCER)) {
      as(token).post("/api/v1/mails/a/retry").then().statusCode(403);
      as(token).post("/api/v1/mails/a/discard").then().statusCode(403);
      as(token).contentType("application/json").body("{}").post(BULK).then().statusCode(403);
    }
    as(Tokened.VIEWER).get("/api/v1/mails?state=dead").then().statusCode(200);
    as(Tokened.VIEWER).get("/api/v1/workers").then().statusCode(200);
    as(Tokened.PRODUCER).get("/api/v1/mails?state=dead").then().statusCode(403);
    as(Tokened.PRODUCER).get("/api/v1/workers").then().statusCode(403);
  }

  @Test
  void notes_who_did_it_without_an_address() {
    enqueue("a", "550-5.1.1@example.test", "");
    awaitState("a", "dead");
    try (LogRecords log = LogRecords.above(Level.FINE)) {
      as(Tokened.ADMIN).post("/api/v1/mails/a/discard").then().statusCode(200);
      String lines = String.join("\n", log.messages());
      assertTrue(lines.contains("Mail a of queue default was dead; the admin token"), lines);
      assertFalse(lines.contains("@"), lines);
    }
  }

  @Test
  void lists_what_is_dead_page_by_page_the_newest_first() {
    for (int i = 0; i < 3; i++) {
      enqueue("d" + i, "550-5.1.1@example.test", "");
      awaitState("d" + i, "dead");
    }
    json(mail("\"id\":\"other\"").replace("ana@", "550-5.1.1@"))
        .post("/api/v1/mails?queue=bulk")
        .then()
        .statusCode(202);
    awaitState("other", "dead");
    JsonPath first = list("state=dead&limit=2");
    assertEquals(List.of("d2", "d1"), first.getList("mails.id"));
    JsonPath second = list("state=dead&limit=2&cursor=" + first.getString("next"));
    assertEquals(List.of("d0", "other"), second.getList("mails.id"));
    as(Tokened.VIEWER)
        .get("/api/v1/mails?state=dead&queue=bulk")
        .then()
        .statusCode(200)
        .body("mails", hasSize(1))
        .body("next", nullValue())
        .body("mails[0].queue", equalTo("bulk"))
        .body("mails[0].state", equalTo("dead"))
        .body("mails[0].reason", equalTo("refused"))
        .body("mails[0].reply", containsString("550"))
        .body("mails[0].attempts", equalTo(1))
        .body("mails[0].octets", greaterThan(50))
        .body("mails[0].at", notNullValue());
    assertEquals(List.of("d1"), list("state=dead&q=d1").getList("mails.id"));
    assertEquals(List.of(), list("state=held").getList("mails.id"));
  }

  @Test
  void lists_what_waits_and_turns_its_pages() {
    for (int i = 0; i < 3; i++) {
      String due = "\"scheduled_at\":\"2099-01-0" + (3 - i) + "T00:00:00Z\"";
      enqueue("s" + i, "ana@example.test", due);
      awaitState("s" + i, "scheduled");
    }
    JsonPath first = list("state=scheduled&limit=2");
    assertEquals(List.of("s2", "s1"), first.getList("mails.id"));
    JsonPath second = list("state=scheduled&limit=2&cursor=" + first.getString("next"));
    assertEquals(List.of("s0"), second.getList("mails.id"));
  }

  @ParameterizedTest
  @CsvSource({
    "limit=5, 400",
    "state=sent, 400",
    "state=dead&limit=0, 400",
    "state=dead&limit=1001, 400",
    "state=dead&cursor=x, 400",
    "state=dead&cursor=nope/dead/1-1, 400",
    "state=dead&cursor=default/held/1-1, 400",
    "state=scheduled&cursor=default/scheduled/1, 400",
    "state=dead&queue=nope, 404"
  })
  void refuses_a_list_that_there_is_not(String query, int status) {
    problem(as(Tokened.VIEWER).get("/api/v1/mails?" + query).then()).statusCode(status);
  }

  @Test
  void retries_many_at_once_after_a_dry_run() {
    for (int i = 0; i < 5; i++) {
      enqueue("m" + i, "550-5.1.1-1x+ana" + i + "@example.test", "");
      awaitState("m" + i, "dead");
    }
    redis.client().command("XADD", "mail:{default}:dead", "*", "id", "x", "reason", "invalid");
    String filter = "\"filter\":{\"state\":\"dead\",\"queue\":\"default\",\"reason\":\"refused\"}";
    bulk("{\"action\":\"retry\"," + filter + ",\"dry_run\":true}")
        .statusCode(200)
        .body("matched", equalTo(5))
        .body("changed", equalTo(0))
        .body("dry_run", equalTo(true))
        .body("next", nullValue());
    bulk("{\"action\":\"retry\"," + filter + "}")
        .statusCode(200)
        .body("action", equalTo("retry"))
        .body("matched", equalTo(5))
        .body("changed", equalTo(5));
    sink.await(5, TIMEOUT);
    bulk("{\"action\":\"discard\",\"filter\":{}}").body("changed", equalTo(1));
    assertEquals(0, redis.client().number("XLEN", "mail:{default}:dead"));
  }

  @Test
  void bounds_the_work_of_one_call_and_goes_on_from_its_cursor() {
    RedisClient client = redis.client();
    for (int i = 0; i < 2_500; i++) {
      client.command("XADD", "mail:{bulk}:dead", "*", "id", "m" + i, "mail", "{}");
    }
    String filter = "\"filter\":{\"state\":\"dead\"}";
    int changed = 0;
    String cursor = "";
    for (int call = 0; call < 3; call++) {
      JsonPath reply =
          bulk("{\"action\":\"discard\"," + filter + cursor + "}").extract().jsonPath();
      assertTrue(reply.getInt("changed") <= 1_000);
      changed += reply.getInt("changed");
      cursor = ",\"cursor\":\"" + reply.getString("next") + "\"";
    }
    assertEquals(2_500, changed);
    assertEquals(",\"cursor\":\"null\"", cursor);
  }

  @Test
  void cancels_what_waits() {
    for (int i = 0; i < 3; i++) {
      enqueue("s" + i, "ana@example.test", "\"scheduled_at\":\"2099-01-01T00:00:00Z\"");
      awaitState("s" + i, "scheduled");
    }
    bulk("{\"action\":\"cancel\",\"filter\":{\"state\":\"scheduled\",\"queue\":\"default\"}}")
        .statusCode(200)
        .body("matched", equalTo(3))
        .body("changed", equalTo(3));
    as(Tokened.ADMIN).get("/api/v1/guards/mail/s1").then().body("version", equalTo(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|''",
        "[]|''",
        "{\"action\":\"retry\"}|/filter",
        "{\"filter\":{}}|/action",
        "{\"action\":\"burn\",\"filter\":{}}|/action",
        "{\"action\":\"retry\",\"filter\":{\"state\":\"sent\"}}|/filter/state",
        "{\"action\":\"retry\",\"filter\":{\"reason\":\"bad luck\"}}|/filter/reason",
        "{\"action\":\"retry\",\"filter\":{\"colour\":\"red\"}}|/filter/colour",
        "{\"action\":\"retry\",\"filter\":{\"state\":7}}|/filter/state",
        "{\"action\":\"retry\",\"filter\":\"all\"}|/filter",
        "{\"action\":\"retry\",\"filter\":{},\"dry_run\":\"yes\"}|/dry_run",
        "{\"action\":\"retry\",\"filter\":{},\"when\":\"now\"}|/when",
        "{\"action\":\"retry\",\"filter\":{}} x|''",
        "{\"action\":\"cancel\",\"filter\":{\"state\":\"dead\"}}|/filter/state",
        "{\"action\":\"cancel\",\"filter\":{}}|/filter/state"
      })
  void refuses_what_it_would_have_to_guess(String body, String pointer) {
    problem(json(body).post(BULK).then()).statusCode(400).body("pointer", equalTo(pointer));
  }

  @Test
  void shows_the_workers_that_are_alive_and_no_others() {
    RedisClient client = redis.client();
    client.command("SADD", "mail:{default}:consumers", "gone-0");
    client.command("SADD", "mail:{default}:consumers", "older-0");
    client.command("SET", "mail:{default}:worker:older-0", "{\"worker\":\"older\",\"new\":[1]}");
    await().atMost(TIMEOUT).until(() -> workers().getList("workers").size() == 2);
    JsonPath workers = workers();
    String own = as(Tokened.VIEWER).get("/api/v1/stats").jsonPath().getString("worker.name");
    List<String> names = workers.getList("workers.name");
    assertEquals(List.of(own, "older").stream().sorted().toList(), names);
    String self = "workers.find { it.name == '" + own + "' }.";
    assertEquals(List.of("default", "bulk"), workers.getList(self + "queues"));
    assertEquals(0, workers.getInt(self + "in_flight"));
    assertTrue(workers.getInt(self + "engines") >= 1);
    assertFalse(workers.getString(self + "host").isEmpty());
    assertFalse(workers.getString(self + "version").isEmpty());
    assertTrue(workers.getString(self + "since").endsWith("Z"));
  }

  private static JsonPath workers() {
    return as(Tokened.VIEWER).get("/api/v1/workers").then().statusCode(200).extract().jsonPath();
  }

  private static JsonPath list(String query) {
    return as(Tokened.VIEWER)
        .get("/api/v1/mails?" + query)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static ValidatableResponse bulk(String body) {
    return json(body).post(BULK).then();
  }

  private static void enqueue(String id, String to, String more) {
    String own = "\"id\":\"" + id + "\"" + (more.isEmpty() ? "" : "," + more);
    json(mail(own).replace("ana@example.test", to)).post("/api/v1/mails").then().statusCode(202);
  }
}
