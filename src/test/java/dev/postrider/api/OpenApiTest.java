package dev.postrider.api;

import static dev.postrider.api.Caller.as;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.Backends;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The description that clients are generated from. */
@QuarkusTest
@TestProfile(Tokened.class)
@WithTestResource(Backends.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OpenApiTest {

  private static final Path COPY = Path.of("src/site/resources/openapi.yaml");
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");

  @Test
  void describes_every_operation_with_its_answers_and_its_lock() {
    JsonPath api = as(Tokened.VIEWER).get("/q/openapi?format=json").jsonPath();
    Map<String, Map<String, Map<String, Object>>> paths = api.getMap("paths");
    assertTrue(
        paths
            .keySet()
            .containsAll(
                Set.of(
                    "/api/v1/mails",
                    "/api/v1/mails/batch",
                    "/api/v1/mails/{id}",
                    "/api/v1/mails/{id}/cancel",
                    "/api/v1/mails/{id}/retry",
                    "/api/v1/mails/{id}/discard",
                    "/api/v1/mails/bulk",
                    "/api/v1/workers",
                    "/api/v1/routes",
                    "/api/v1/doctor",
                    "/api/v1/events",
                    "/api/v1/guards/{topic}",
                    "/api/v1/queues",
                    "/api/v1/queues/{queue}",
                    "/api/v1/queues/{queue}/pause",
                    "/api/v1/queues/{queue}/resume",
                    "/api/v1/stats")),
        paths.keySet().toString());
    paths.entrySet().stream()
        .filter(path -> path.getKey().startsWith("/api/"))
        .forEach(
            path -> path.getValue().forEach((method, o) -> described(path.getKey(), method, o)));
  }

  /** Told twice: for those who have no worker at hand, and so that a change of it is seen. */
  @Test
  void the_document_of_the_repository_is_this_one() throws IOException {
    String api = as(Tokened.VIEWER).get("/q/openapi").asString();
    if (Boolean.getBoolean("pages.write")) {
      Files.writeString(COPY, api);
    }
    assertEquals(api, Files.readString(COPY), "Run the test with -Dpages.write=true.");
  }

  private static void described(String path, String method, Map<String, Object> operation) {
    if (!METHODS.contains(method)) {
      return;
    }
    String name = method + " " + path;
    assertNotNull(operation.get("summary"), name);
    assertNotNull(operation.get("operationId"), name);
    assertNotNull(operation.get("security"), name);
    Map<?, ?> responses = (Map<?, ?>) operation.get("responses");
    assertTrue(responses.keySet().containsAll(Set.of("401", "403", "503")), name + responses);
  }

  @Test
  void describes_the_mail_and_the_token() {
    JsonPath api = as(Tokened.VIEWER).get("/q/openapi?format=json").jsonPath();
    assertEquals("bearer", api.getString("components.securitySchemes.token.scheme"));
    assertEquals("Postrider", api.getString("info.title"));
    assertEquals(
        "#/components/schemas/Mail",
        api.getString("components.requestBodies.Mail.content.'application/json'.schema.'$ref'"));
    assertTrue(
        api.getMap("components.schemas")
            .keySet()
            .containsAll(Set.of("Mail", "Problem", "MailReply", "StatsReply", "BatchVerdict")),
        api.getMap("components.schemas").keySet().toString());
  }
}
