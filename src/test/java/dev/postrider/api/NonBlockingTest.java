package dev.postrider.api;

import static dev.postrider.api.Caller.json;
import static dev.postrider.api.Caller.mail;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.postrider.support.Backends;
import dev.postrider.support.EventLoopProbe;
import dev.postrider.support.LogRecords;
import dev.postrider.support.redis.RedisProcess;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The HTTP API never blocks an event loop: 2,000 requests of all kinds, and all resources. */
@QuarkusTest
@TestProfile(Tokened.class)
@WithTestResource(Backends.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NonBlockingTest {

  private static final Set<String> PIPELINES = Set.of(Uni.class.getName(), Multi.class.getName());
  private static final int REQUESTS = 2_000;
  private static final int AT_ONCE = 64;

  @TestHTTPResource("/")
  URI base;

  @Inject ThreadWitness witness;

  RedisProcess redis;

  @Test
  void no_event_loop_ever_waits() throws Exception {
    redis.flush();
    json("{}").post("/api/v1/queues/default/pause").then().statusCode(200);
    json(mail("\"id\":\"known\"")).post("/api/v1/mails").then().statusCode(202);
    run(REQUESTS / 4);

    int before = witness.onEventLoop();
    List<Integer> statuses;
    try (LogRecords warnings = LogRecords.above(Level.INFO);
        EventLoopProbe probe = EventLoopProbe.start()) {
      statuses = run(REQUESTS);
      assertEquals(Set.of(), probe.waits(), "what event loops waited for");
      assertTrue(probe.samples() > 0, "the probe looked");
      assertEquals(List.of(), warnings.messages(), "the server's own checker has nothing to say");
    }
    assertEquals(Set.of(200, 202, 400, 404, 429), Set.copyOf(statuses));
    assertTrue(witness.onEventLoop() - before > REQUESTS, "requests, and bodies besides");
    assertEquals(0, witness.elsewhere());
  }

  @Test
  void every_resource_method_returns_a_Uni_or_a_Multi() {
    JavaClasses api = new ClassFileImporter().importPackages("dev.postrider.api");
    List<JavaClass> resources =
        api.stream().filter(type -> type.isAnnotatedWith(Path.class)).toList();
    List<JavaMethod> blocking =
        resources.stream()
            .flatMap(type -> type.getMethods().stream())
            .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class))
            .filter(method -> !PIPELINES.contains(method.getRawReturnType().getName()))
            .toList();
    assertTrue(resources.size() >= 10, "found all resources: " + resources);
    assertEquals(List.of(), blocking);
  }

  private List<Integer> run(int count) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    Semaphore room = new Semaphore(AT_ONCE);
    List<HttpRequest> kinds = requests();
    List<Integer> statuses = Collections.synchronizedList(new ArrayList<>());
    List<CompletableFuture<?>> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      assertTrue(room.tryAcquire(30, TimeUnit.SECONDS), "answers keep coming");
      answers.add(
          client
              .sendAsync(kinds.get(i % kinds.size()), HttpResponse.BodyHandlers.discarding())
              .thenAccept(answer -> statuses.add(answer.statusCode()))
              .whenComplete((done, failure) -> room.release()));
    }
    CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
    return statuses;
  }

  private List<HttpRequest> requests() {
    String large = mail("\"html\":\"" + "x".repeat(90_000) + "\"");
    String batch = Stream.generate(() -> large).limit(9).collect(Collectors.joining(",", "[", "]"));
    return List.of(
        post("api/v1/mails", mail("")),
        post("api/v1/mails", large),
        post("api/v1/mails", "{\"from\":7}"),
        post("api/v1/mails/batch", "[" + mail("") + ",{}," + mail("") + "]"),
        post("api/v1/mails/batch", batch),
        get("api/v1/mails/known"),
        get("api/v1/mails/unknown"),
        post("api/v1/mails/known/cancel", "{}"),
        get("api/v1/guards/a"),
        post("api/v1/guards/a", "{}"),
        get("api/v1/stats"),
        get("api/v1/queues"),
        post("api/v1/queues/bulk/pause", "{\"for\":\"10ms\"}"),
        post("api/v1/queues/bulk/resume", "{}"));
  }

  private HttpRequest get(String path) {
    return request(path).GET().build();
  }

  private HttpRequest post(String path, String body) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "Bearer " + Tokened.ADMIN);
  }
}
