package dev.postrider.api;

import static dev.postrider.api.Caller.as;
import static dev.postrider.api.Caller.json;
import static dev.postrider.api.Caller.mail;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.LogRecords;
import dev.postrider.support.redis.RedisProcess;
import dev.postrider.support.smtp.Sink;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * A start without Redis: one line in the log, live but not ready, and mail flows once it is there.
 */
@QuarkusTest
@TestProfile(Tokened.class)
@WithTestResource(RedisOutageTest.Absent.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedisOutageTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  RedisProcess redis;
  Sink sink;
  LogRecords records;

  /** A Redis that is stopped before the application starts, and a sink. */
  public static final class Absent implements QuarkusTestResourceLifecycleManager {

    private RedisProcess redis;
    private Sink sink;
    private LogRecords records;

    @Override
    public Map<String, String> start() {
      redis = RedisProcess.start();
      redis.stop();
      sink = Sink.start();
      records = LogRecords.above(Level.INFO);
      Map<String, String> configuration = new HashMap<>(sink.settings());
      configuration.put("quarkus.redis.hosts", redis.url());
      configuration.put("quarkus.http.test-port", "0");
      return configuration;
    }

    @Override
    public void inject(TestInjector injector) {
      injector.injectIntoFields(redis, new TestInjector.MatchesType(RedisProcess.class));
      injector.injectIntoFields(sink, new TestInjector.MatchesType(Sink.class));
      injector.injectIntoFields(records, new TestInjector.MatchesType(LogRecords.class));
    }

    @Override
    public void stop() {
      records.close();
      sink.close();
      redis.close();
    }
  }

  @Test
  void says_so_once_stays_alive_and_carries_mail_as_soon_as_redis_is_there() {
    await().atMost(TIMEOUT).until(() -> !records.messages().isEmpty());
    given().get("/q/health/live").then().statusCode(200);
    given().get("/q/health/ready").then().statusCode(503);
    given().get("/q/health/started").then().statusCode(503);
    refusesForNow();
    assertEquals(1, records.messages().size(), records.messages().toString());
    assertTrue(
        records.messages().get(0).startsWith("Redis at 127.0.0.1:" + redis.port()),
        records.messages().toString());

    redis.restart();
    await()
        .atMost(TIMEOUT)
        .until(() -> given().get("/q/health/ready").statusCode(), Integer.valueOf(200)::equals);
    await()
        .atMost(TIMEOUT)
        .until(() -> given().get("/q/health/started").statusCode(), Integer.valueOf(200)::equals);
    json(mail("")).post("/api/v1/mails").then().statusCode(202);
    sink.await(1, TIMEOUT);
    assertEquals(1, records.messages().size(), records.messages().toString());
  }

  private void refusesForNow() {
    long begun = System.nanoTime();
    json(mail(""))
        .post("/api/v1/mails")
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", notNullValue())
        .body("type", equalTo("/problems/redis-down"));
    as(Tokened.VIEWER).get("/api/v1/stats").then().statusCode(503);
    as(Tokened.VIEWER).get("/api/v1/events").then().statusCode(503);
    as(Tokened.VIEWER).get("/api/v1/mails/a").then().statusCode(503);
    as(Tokened.PRODUCER).post("/api/v1/guards/a").then().statusCode(503);
    json("[" + mail("") + "]")
        .post("/api/v1/mails/batch")
        .then()
        .statusCode(200)
        .body("problem.status", equalTo(List.of(503)));
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    assertTrue(took.compareTo(Duration.ofSeconds(30)) < 0, "took " + took);
  }
}
