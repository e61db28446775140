package dev.postrider.api;

import static dev.postrider.api.Caller.as;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.Backends;
import dev.postrider.support.redis.RedisClient;
import dev.postrider.support.redis.RedisProcess;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The doctor and the stream of events, by HTTP. */
@QuarkusTest
@TestProfile(Tokened.class)
@WithTestResource(Backends.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventApiTest {

  private static final Duration BOUND = Duration.ofSeconds(30);

  @TestHTTPResource("/api/v1/events")
  URI events;

  @Inject EventFeed eventFeed;

  RedisProcess server;

  @BeforeEach
  void no_client_listens() {
    Awaitility.await().atMost(BOUND).until(() -> eventFeed.listeners() == 0);
  }

  @Test
  void tells_what_happens_and_goes_on_where_a_listener_left_off() throws Exception {
    String last;
    try (RedisClient redis = server.client();
        Listener listener = new Listener("")) {
      happen(redis, "first");
      List<String> lines = listener.event();
      assertTrue(lines.contains("event:sent"), lines.toString());
      assertTrue(
          lines.contains(
              "data:{\"queue\":\"default\",\"type\":\"sent\",\"id\":\"first\",\"at\":5000}"),
          lines.toString());
      last = lines.stream().filter(line -> line.startsWith("id:")).findFirst().orElseThrow();
      happen(redis, "second");
    }
    try (Listener listener = new Listener(last.substring(3).strip())) {
      List<String> lines = listener.event();
      assertTrue(lines.stream().anyMatch(line -> line.contains("second")), lines.toString());
    }
    Awaitility.await().atMost(BOUND).until(() -> eventFeed.listeners() == 0);
  }

  @Test
  void turns_listeners_away_beyond_a_bound() throws Exception {
    List<Listener> listeners = new ArrayList<>();
    try {
      for (int i = 0; i < EventFeed.LISTENERS_MAX; i++) {
        listeners.add(new Listener(""));
      }
      as(Tokened.VIEWER)
          .get("/api/v1/events")
          .then()
          .statusCode(503)
          .contentType("application/problem+json")
          .body("type", equalTo("/problems/too-many-listeners"));
    } finally {
      for (Listener listener : listeners) {
        listener.close();
      }
    }
    Awaitility.await().atMost(BOUND).until(() -> eventFeed.listeners() == 0);
  }

  @Test
  void refuses_a_place_that_is_none_and_a_queue_that_is_none() {
    as(Tokened.VIEWER).header("Last-Event-ID", "x").get("/api/v1/events").then().statusCode(400);
    as(Tokened.VIEWER).get("/api/v1/events?queue=nope").then().statusCode(404);
    assertEquals(0, eventFeed.listeners());
  }

  @Test
  void lets_viewers_consult_the_doctor() {
    Awaitility.await().atMost(BOUND).untilAsserted(EventApiTest::isFoundHealthy);
    as(Tokened.PRODUCER).get("/api/v1/doctor").then().statusCode(403);
    as(Tokened.PRODUCER).get("/api/v1/events").then().statusCode(403);
  }

  /** After Redis is flushed, a worker renews its lease within a third of it. */
  private static void isFoundHealthy() {
    as(Tokened.VIEWER)
        .get("/api/v1/doctor")
        .then()
        .statusCode(200)
        .body("healthy", is(true))
        .body("findings.subject", hasItem("redis eviction"))
        .body("findings.subject", hasItem("route default"));
  }

  private static void happen(RedisClient redis, String id) {
    redis.command("XADD", "mail:{default}:events", "*", "type", "sent", "id", id, "at", 5_000);
  }

  /** A listener; once it is created, it misses no event. */
  private final class Listener implements AutoCloseable {

    private final InputStream stream;
    private final BufferedReader reader;

    Listener(String lastEventId) throws IOException, InterruptedException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(events).header("Authorization", "Bearer " + Tokened.VIEWER);
      if (!lastEventId.isEmpty()) {
        request.header("Last-Event-ID", lastEventId);
      }
      HttpResponse<InputStream> response =
          HttpClient.newHttpClient()
              .send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      this.stream = response.body();
      this.reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
      assertEquals(200, response.statusCode());
      assertTrue(reader.readLine().startsWith(":"), "the comment that all is set up");
    }

    List<String> event() throws IOException {
      List<String> lines = new ArrayList<>();
      String line = reader.readLine();
      while (line != null && !(line.isEmpty() && !lines.isEmpty())) {
        if (!line.isEmpty() && !line.startsWith(":")) {
          lines.add(line.replaceFirst(": ", ":"));
        }
        line = reader.readLine();
      }
      return lines;
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
