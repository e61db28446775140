package dev.postrider.api;

import static dev.postrider.api.Caller.as;
import static dev.postrider.api.Caller.awaitState;
import static dev.postrider.api.Caller.json;
import static dev.postrider.api.Caller.mail;
import static dev.postrider.api.Caller.problem;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.postrider.support.Backends;
import dev.postrider.support.redis.RedisProcess;
import dev.postrider.support.smtp.Sink;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Mail through the HTTP API: from acceptance to its timeline. */
@QuarkusTest
@TestProfile(Tokened.class)
@WithTestResource(Backends.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MailApiTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  RedisProcess redis;
  Sink sink;

  @BeforeEach
  void forget() {
    redis.flush();
    sink.clear();
  }

  @Test
  void accepts_a_mail_and_sends_it() {
    String id =
        json(mail(""))
            .post("/api/v1/mails")
            .then()
            .statusCode(202)
            .body("queue", equalTo("default"))
            .body("id", matchesPattern("[0-9]+-[0-9]+"))
            .extract()
            .path("id");
    sink.await(1, TIMEOUT);
    awaitState(id, "sent")
        .body("attempts", equalTo(1))
        .body("queue", equalTo("default"))
        .body("timeline", hasSize(1))
        .body("timeline[0].type", equalTo("sent"))
        .body("timeline[0].code", equalTo(250))
        .body("timeline[0].at", notNullValue());
  }

  @Test
  void keeps_the_id_of_the_mail_and_its_queue() {
    json(mail("\"id\":\"order-1\""))
        .post("/api/v1/mails?queue=bulk")
        .then()
        .statusCode(202)
        .body("id", equalTo("order-1"))
        .body("queue", equalTo("bulk"));
    awaitState("order-1", "sent").body("timeline[0].type", equalTo("ready"));
  }

  @Test
  void accepts_an_idempotency_key_once_and_answers_with_the_first_mail() {
    String first = accept("", "key-1");
    String second = accept("", "key-1");
    String quoted = accept("\"idempotency_key\":\"key-1\"", "\"key-1\"");
    assertEquals(first, second);
    assertEquals(first, quoted);
    awaitState(first, "sent");
    assertEquals(1, sink.mails().size());
  }

  private static String accept(String more, String key) {
    return json(mail(more))
        .header("Idempotency-Key", key)
        .post("/api/v1/mails")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  @Test
  void refuses_two_different_idempotency_keys() {
    json(mail("\"idempotency_key\":\"a\""))
        .header("Idempotency-Key", "b")
        .post("/api/v1/mails")
        .then()
        .statusCode(400)
        .body("pointer", equalTo("/idempotency_key"));
  }

  @Test
  void names_the_place_of_a_fault() {
    problem(
            json("{\"from\":\"a@b.test\",\"to\":[\"not an address\"]}")
                .post("/api/v1/mails")
                .then())
        .statusCode(400)
        .body("type", equalTo("/problems/invalid-mail"))
        .body("status", equalTo(400))
        .body("pointer", equalTo("/to/0"))
        .body("detail", notNullValue());
  }

  @Test
  void refuses_a_body_that_is_no_mail() {
    problem(json("[]").post("/api/v1/mails").then()).statusCode(400).body("pointer", equalTo(""));
    problem(as(Tokened.ADMIN).contentType("application/json").post("/api/v1/mails").then())
        .statusCode(400);
  }

  @Test
  void names_the_configured_queues_where_there_is_no_such_queue() {
    problem(json(mail("")).post("/api/v1/mails?queue=nope").then())
        .statusCode(404)
        .body("type", equalTo("/problems/unknown-queue"))
        .body("detail", containsString("default, bulk"));
  }

  @Test
  void refuses_a_mail_above_the_limit() {
    String large = "x".repeat(101 * 1024);
    problem(json(mail("\"html\":\"" + large + "\"")).post("/api/v1/mails").then())
        .statusCode(413)
        .body("type", equalTo("/problems/too-large"));
  }

  @Test
  void refuses_other_media_types() {
    problem(as(Tokened.ADMIN).contentType("text/plain").body("{}").post("/api/v1/mails").then())
        .statusCode(415);
    problem(json(mail("")).accept("text/html").post("/api/v1/mails").then()).statusCode(406);
  }

  @Test
  void gives_one_verdict_for_each_mail_of_a_batch() {
    String batch =
        "[" + mail("\"id\":\"one\"") + ", {\"from\":1}, 7,\n" + mail("\"id\":\"two\"") + "]";
    json(batch)
        .post("/api/v1/mails/batch")
        .then()
        .statusCode(200)
        .body("$", hasSize(4))
        .body("[0].id", equalTo("one"))
        .body("[0].queue", equalTo("default"))
        .body("[1].problem.pointer", equalTo("/from"))
        .body("[2].problem.status", equalTo(400))
        .body("[3].id", equalTo("two"));
    awaitState("one", "sent");
    awaitState("two", "sent");
  }

  @Test
  void keeps_idempotency_keys_within_a_batch() {
    String twice = mail("\"idempotency_key\":\"same\"");
    var ids = json("[" + twice + "," + twice + "]").post("/api/v1/mails/batch").then();
    String first = ids.statusCode(200).extract().path("[0].id");
    ids.body("[1].id", equalTo(first));
  }

  @Test
  void takes_a_thousand_mails_but_not_one_more() {
    String thousand =
        IntStream.range(0, 1_000)
            .mapToObj(i -> mail(""))
            .collect(Collectors.joining(",", "[", "]"));
    json(thousand).post("/api/v1/mails/batch").then().statusCode(200).body("$", hasSize(1_000));
    sink.await(1_000, TIMEOUT);
    String more = thousand.replaceFirst("\\[", "[{},");
    problem(json(more).post("/api/v1/mails/batch").then()).statusCode(400);
  }

  @Test
  void answers_429_to_what_a_full_queue_cannot_take() {
    json("{}").post("/api/v1/queues/bulk/pause").then().statusCode(200);
    json(mails(1_000)).post("/api/v1/mails/batch?queue=bulk").then().statusCode(200);
    json(mails(Tokened.BACKLOG - 999))
        .post("/api/v1/mails/batch?queue=bulk")
        .then()
        .statusCode(200)
        .body("findAll { it.id != null }", hasSize(Tokened.BACKLOG - 1_000))
        .body("[-1].problem.status", equalTo(429))
        .body("[-1].problem.type", equalTo("/problems/queue-full"));
    problem(json(mail("")).post("/api/v1/mails?queue=bulk").then())
        .statusCode(429)
        .header("Retry-After", "10");
    json(mail("")).post("/api/v1/mails").then().statusCode(202);
  }

  private static String mails(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> mail(""))
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  void gives_the_earlier_mail_even_when_the_queue_is_full() {
    json("{}").post("/api/v1/queues/bulk/pause").then().statusCode(200);
    String keyed = mail("\"idempotency_key\":\"k\"");
    String first = json(keyed).post("/api/v1/mails?queue=bulk").then().extract().path("id");
    json(mails(1_000)).post("/api/v1/mails/batch?queue=bulk").then().statusCode(200);
    json(mails(500)).post("/api/v1/mails/batch?queue=bulk").then().statusCode(200);
    json(keyed).post("/api/v1/mails?queue=bulk").then().statusCode(202).body("id", equalTo(first));
  }

  @Test
  void refuses_a_body_above_the_limit_of_the_whole_as_a_problem() {
    String large = " ".repeat(Tokened.BODY_MAX + 1);
    problem(json(large).post("/api/v1/mails/batch").then())
        .statusCode(413)
        .body("type", equalTo("/problems/too-large"));
  }

  @Test
  void refuses_a_batch_that_is_cut_off() {
    problem(json("[" + mail("") + ",{").post("/api/v1/mails/batch").then())
        .statusCode(400)
        .body("pointer", equalTo("/1"));
    problem(json("{}").post("/api/v1/mails/batch").then()).statusCode(400);
    problem(json("[] []").post("/api/v1/mails/batch").then()).statusCode(400);
  }

  @Test
  void shows_scheduled_mail_and_cancels_it() {
    json(mail("\"id\":\"later\",\"scheduled_at\":\"2099-01-01T00:00:00Z\""))
        .post("/api/v1/mails")
        .then()
        .statusCode(202);
    awaitState("later", "scheduled").body("due", equalTo(4_070_908_800_000L));
    as(Tokened.PRODUCER)
        .post("/api/v1/mails/later/cancel")
        .then()
        .statusCode(202)
        .body("id", equalTo("later"))
        .body("state", equalTo("scheduled"))
        .body("cancelled", equalTo(true));
    as(Tokened.ADMIN).get("/api/v1/guards/mail/later").then().body("version", equalTo(1));
  }

  @Test
  void cancels_an_unknown_mail_but_not_one_that_has_ended() {
    as(Tokened.ADMIN)
        .post("/api/v1/mails/to-come/cancel")
        .then()
        .statusCode(202)
        .body("state", equalTo("unknown"));
    json(mail("\"id\":\"to-come\"")).post("/api/v1/mails").then().statusCode(202);
    awaitState("to-come", "skipped").body("timeline[1].reason", equalTo("cancelled"));
    problem(as(Tokened.ADMIN).post("/api/v1/mails/to-come/cancel").then())
        .statusCode(409)
        .body("detail", containsString("skipped"));
  }

  @Test
  void tells_the_servers_reply_of_every_attempt() {
    json(mail("\"id\":\"no\"").replace("ana@", "550-5.1.1-rcpt@"))
        .post("/api/v1/mails")
        .then()
        .statusCode(202);
    awaitState("no", "dead")
        .body("timeline[1].code", equalTo(550))
        .body("timeline[1].enhanced", equalTo("5.1.1"))
        .body("timeline[1].reason", equalTo("refused"))
        .body("timeline[1].phase", notNullValue());
  }

  @Test
  void says_so_when_a_mail_is_unknown() {
    problem(as(Tokened.VIEWER).get("/api/v1/mails/unknown").then())
        .statusCode(404)
        .body("type", equalTo("/problems/unknown-mail"));
    problem(as(Tokened.VIEWER).get("/api/v1/mails/a%20b").then()).statusCode(400);
    problem(as(Tokened.VIEWER).get("/api/v1/mails/99999999999999999999999-1").then())
        .statusCode(404);
  }
}
