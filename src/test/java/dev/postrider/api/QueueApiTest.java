package dev.postrider.api;

import static dev.postrider.api.Caller.as;
import static dev.postrider.api.Caller.awaitState;
import static dev.postrider.api.Caller.json;
import static dev.postrider.api.Caller.mail;
import static dev.postrider.api.Caller.state;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.Backends;
import dev.postrider.support.redis.RedisClient;
import dev.postrider.support.redis.RedisProcess;
import dev.postrider.support.smtp.Sink;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Guards, queues and stats through the HTTP API. */
@QuarkusTest
@TestProfile(Tokened.class)
@WithTestResource(Backends.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class QueueApiTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final Map<String, Integer> TOTALS =
      Map.of("sent", 1, "skipped", 0, "scheduled", 1, "deferred", 0, "dead", 1, "held", 0);

  RedisProcess redis;
  Sink sink;

  @BeforeEach
  void forget() {
    redis.flush();
    sink.clear();
  }

  @Test
  void bumps_and_reads_a_topic_with_slashes() {
    String topic = "/api/v1/guards/offer/123:a@b-c";
    as(Tokened.PRODUCER).get(topic).then().statusCode(200).body("version", equalTo(0));
    as(Tokened.PRODUCER)
        .post(topic)
        .then()
        .statusCode(200)
        .body("topic", equalTo("offer/123:a@b-c"))
        .body("version", equalTo(1));
    as(Tokened.VIEWER).get(topic).then().statusCode(200).body("version", equalTo(1));
    try (RedisClient client = redis.client()) {
      assertEquals("1", client.command("HGET", "mail:guards", "offer/123:a@b-c"));
    }
  }

  @Test
  void refuses_a_topic_that_no_mail_could_name() {
    as(Tokened.PRODUCER)
        .post("/api/v1/guards/offer%20123")
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
    as(Tokened.PRODUCER).post("/api/v1/guards/" + "x".repeat(129)).then().statusCode(400);
  }

  @Test
  void voids_waiting_mail_of_a_topic() {
    pause("default", "{}");
    String guarded = mail("\"id\":\"guarded\",\"only_if\":{\"offer:9\":0}");
    json(guarded).post("/api/v1/mails").then().statusCode(202);
    as(Tokened.PRODUCER).post("/api/v1/guards/offer:9").then().body("version", equalTo(1));
    resume("default");
    awaitState("guarded", "skipped");
  }

  @Test
  void shows_a_route_that_takes_mail() {
    json(mail("\"id\":\"by-route\"")).post("/api/v1/mails").then().statusCode(202);
    awaitState("by-route", "sent");
    as(Tokened.VIEWER)
        .get("/api/v1/routes")
        .then()
        .statusCode(200)
        .body("routes[0].name", equalTo("default"))
        .body("routes[0].state", equalTo("healthy"))
        .body("routes[0].reason", nullValue())
        .body("routes[0].waiting", equalTo(0))
        .body("routes[0].last_success", startsWith("20"));
    as(Tokened.PRODUCER).get("/api/v1/routes").then().statusCode(403);
  }

  @Test
  void pauses_and_resumes_a_queue() {
    pause("default", "{\"reason\":\"a rest\"}");
    json(mail("\"id\":\"waits\"")).post("/api/v1/mails").then().statusCode(202);
    json(mail("\"id\":\"goes\"")).post("/api/v1/mails?queue=bulk").then().statusCode(202);
    awaitState("goes", "sent");
    assertTrue(Set.of("ready", "in_flight").contains(state("waits")));
    as(Tokened.VIEWER)
        .get("/api/v1/queues/default")
        .then()
        .statusCode(200)
        .body("queue", equalTo("default"))
        .body("weight", equalTo(3))
        .body("paused", equalTo(true))
        .body("pause.reason", equalTo("a rest"))
        .body("pause.since", startsWith("20"))
        .body("pause.until", nullValue());
    resume("default");
    awaitState("waits", "sent");
  }

  @Test
  void ends_a_pause_by_itself() {
    as(Tokened.ADMIN)
        .contentType("application/json")
        .body("{\"for\":\"PT0.3S\"}")
        .post("/api/v1/queues/default/pause")
        .then()
        .statusCode(200)
        .body("pause.until", notNullValue());
    json(mail("\"id\":\"soon\"")).post("/api/v1/mails").then().statusCode(202);
    awaitState("soon", "sent");
  }

  @Test
  void pauses_without_a_body_and_refuses_a_body_it_does_not_understand() {
    as(Tokened.ADMIN).noContentType().post("/api/v1/queues/bulk/pause").then().statusCode(200);
    as(Tokened.ADMIN)
        .contentType("text/plain")
        .body("{}")
        .post("/api/v1/queues/bulk/pause")
        .then()
        .statusCode(415);
    refusedPause("{\"for\":\"ten minutes\"}", "/for");
    refusedPause("{\"for\":\"0s\"}", "/for");
    refusedPause("{\"for\":10}", "/for");
    refusedPause("{\"form\":\"10m\"}", "/form");
    refusedPause("{\"reason\":\"two\\nlines\"}", "/reason");
    refusedPause("[]", "");
    as(Tokened.ADMIN).noContentType().post("/api/v1/queues/nope/pause").then().statusCode(404);
    as(Tokened.ADMIN).post("/api/v1/queues/nope/resume").then().statusCode(404);
  }

  private static void refusedPause(String body, String pointer) {
    json(body)
        .post("/api/v1/queues/bulk/pause")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("pointer", equalTo(pointer));
  }

  @Test
  void counts_what_every_queue_holds() {
    pause("bulk", "{}");
    json("[" + mail("\"scheduled_at\":\"2099-01-01T00:00:00Z\"") + "," + mail("") + "]")
        .post("/api/v1/mails/batch")
        .then()
        .statusCode(200);
    json("{\"from\":\"a@b.test\",\"to\":[\"550-rcpt@b.test\"],\"text\":\"no\"}")
        .post("/api/v1/mails")
        .then()
        .statusCode(202);
    await()
        .atMost(TIMEOUT)
        .until(
            () -> as(Tokened.VIEWER).get("/api/v1/stats").jsonPath().getMap("totals"),
            TOTALS::equals);
    as(Tokened.VIEWER)
        .get("/api/v1/stats")
        .then()
        .statusCode(200)
        .body("queues", hasSize(2))
        .body("queues[0].queue", equalTo("default"))
        .body("queues[0].weight", equalTo(3))
        .body("queues[0].paused", equalTo(false))
        .body("queues[0].ready", equalTo(0))
        .body("queues[0].in_flight", equalTo(0))
        .body("queues[0].scheduled", equalTo(1))
        .body("queues[0].overdue", equalTo(0))
        .body("queues[0].dead", equalTo(1))
        .body("queues[0].held", equalTo(0))
        .body("queues[0].totals.sent", equalTo(1))
        .body("queues[1].paused", equalTo(true))
        .body("totals.dead", equalTo(1))
        .body("worker.name", notNullValue())
        .body("worker.in_flight", equalTo(0))
        .body("worker.draining", equalTo(false));
    assertEquals(
        Set.of("queues", "totals", "worker"),
        as(Tokened.VIEWER).get("/api/v1/stats").jsonPath().getMap("$").keySet());
    assertEquals(
        List.of(
            "queue",
            "weight",
            "paused",
            "ready",
            "in_flight",
            "scheduled",
            "overdue",
            "dead",
            "held",
            "newer",
            "totals"),
        List.copyOf(
            as(Tokened.VIEWER).get("/api/v1/stats").jsonPath().getMap("queues[0]").keySet()));
  }

  @Test
  void lists_all_queues() {
    as(Tokened.VIEWER)
        .get("/api/v1/queues")
        .then()
        .statusCode(200)
        .body("queues.queue", equalTo(List.of("default", "bulk")))
        .body("queues[1].weight", equalTo(1));
    as(Tokened.VIEWER)
        .get("/api/v1/queues/nope")
        .then()
        .statusCode(404)
        .body("detail", containsString("default, bulk"));
  }

  private static void pause(String queue, String body) {
    json(body).post("/api/v1/queues/" + queue + "/pause").then().statusCode(200);
  }

  private static void resume(String queue) {
    as(Tokened.ADMIN)
        .post("/api/v1/queues/" + queue + "/resume")
        .then()
        .statusCode(200)
        .body("paused", equalTo(false));
  }
}
