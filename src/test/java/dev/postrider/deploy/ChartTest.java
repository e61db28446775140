package dev.postrider.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.postrider.support.ForeignPrograms;
import dev.postrider.support.Program;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart, rendered by Go's own templates: what a cluster would get. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Tag(ForeignPrograms.TAG)
class ChartTest {

  private static final Path CHART = Path.of("deploy/helm/postrider");

  /** Go compiles the renderer first. */
  private static final Duration COMPILING = Duration.ofMinutes(3);

  @TempDir Path directory;

  @Test
  void the_schema_knows_every_value_and_nothing_else() throws IOException {
    assertSameKeys(
        "",
        Yaml.read(CHART.resolve("values.yaml")),
        Yaml.read(CHART.resolve("values.schema.json")));
  }

  @Test
  void the_schema_takes_the_charts_own_values_and_refuses_slips() throws IOException {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(VersionFlag.V7)
            .getSchema(Files.readString(CHART.resolve("values.schema.json")));
    Object own = Yaml.read(CHART.resolve("values.yaml")).node();
    assertEquals(Set.of(), schema.validate(json(merged(own, Map.of())), InputFormat.JSON));
    List<Map<String, Object>> slips =
        List.of(
            Map.of("concurency", 8),
            Map.of("concurrency", 0),
            Map.of("queues", "Default"),
            Map.of("redis", Map.of("hosts", "redis:6379")),
            Map.of("smtp", Map.of("startTls", "yes")),
            Map.of("keda", Map.of("lagCount", "0")),
            Map.of("serviceMonitor", Map.of("interval", "often")));
    for (Map<String, Object> slip : slips) {
      assertEquals(1, schema.validate(json(merged(own, slip)), InputFormat.JSON).size(), "" + slip);
    }
  }

  private static String json(Map<String, Object> values) {
    return new JsonObject(values).encode();
  }

  private static void assertSameKeys(String path, Yaml values, Yaml schema) {
    TreeSet<String> known = new TreeSet<>(schema.at("properties").names());
    known.remove("global"); // Helm's own.
    assertEquals(new TreeSet<>(values.names()), known, path);
    assertEquals("false", schema.at("additionalProperties").text(), path);
    for (String name : known) {
      if (!schema.at("properties", name, "properties").names().isEmpty()) {
        assertSameKeys(path + "." + name, values.at(name), schema.at("properties", name));
      }
    }
  }

  @Test
  void a_pod_has_more_time_to_leave_than_its_mail_has_to_end() throws IOException {
    Yaml pod =
        rendered(Map.of("drainSeconds", 120)).get("Deployment").at("spec", "template", "spec");
    assertEquals("130", pod.at("terminationGracePeriodSeconds").text());
    assertEquals("120s", variable(pod, "POSTRIDER_SHUTDOWN_DRAIN"));
  }

  @Test
  void a_pod_may_write_nowhere_and_change_its_user() throws IOException {
    Yaml pod = rendered(Map.of()).get("Deployment").at("spec", "template", "spec");
    assertEquals("true", pod.at("securityContext", "runAsNonRoot").text());
    assertEquals("1001", pod.at("securityContext", "runAsUser").text());
    assertEquals("RuntimeDefault", pod.at("securityContext", "seccompProfile", "type").text());
    assertEquals("false", pod.at("automountServiceAccountToken").text());
    Yaml container = pod.at("containers").items().get(0);
    assertEquals("true", container.at("securityContext", "readOnlyRootFilesystem").text());
    assertEquals("false", container.at("securityContext", "allowPrivilegeEscalation").text());
    assertEquals("[ALL]", container.at("securityContext", "capabilities", "drop").text());
    assertEquals("null", container.at("resources", "limits", "cpu").text());
  }

  /** Kubernetes names variables after Services, and an unknown setting stops the start. */
  @Test
  void no_variable_of_a_service_is_taken_for_a_setting() throws IOException {
    Yaml pod = rendered(Map.of()).get("Deployment").at("spec", "template", "spec");
    assertEquals("false", pod.at("enableServiceLinks").text());
  }

  @Test
  void probes_ask_for_what_they_mean() throws IOException {
    Yaml container =
        rendered(Map.of())
            .get("Deployment")
            .at("spec", "template", "spec", "containers")
            .items()
            .get(0);
    assertEquals("/q/health/live", container.at("livenessProbe", "httpGet", "path").text());
    assertEquals("/q/health/ready", container.at("readinessProbe", "httpGet", "path").text());
  }

  @Test
  void the_network_policy_lets_names_redis_and_mail_out() throws IOException {
    String policy = rendered(Map.of()).get("NetworkPolicy").at("spec", "egress").text();
    for (int port : List.of(53, 6379, 25, 465, 587)) {
      assertTrue(policy.contains("port=" + port), policy);
    }
  }

  @Test
  void a_number_of_pods_is_given_by_one_alone() throws IOException {
    assertEquals("2", rendered(Map.of()).get("Deployment").at("spec", "replicas").text());
    Map<String, Yaml> scaled = rendered(Map.of("keda", Map.of("enabled", true)));
    assertEquals("null", scaled.get("Deployment").at("spec", "replicas").text());
    assertEquals("1", scaled.get("ScaledObject").at("spec", "minReplicaCount").text());
  }

  @Test
  void scaling_follows_each_queue_by_its_lag() throws IOException {
    Yaml object =
        rendered(Map.of("queues", "default=3,bulk", "keda", Map.of("enabled", true)))
            .get("ScaledObject");
    List<Yaml> triggers = object.at("spec", "triggers").items();
    assertEquals(
        List.of("mail:{default}:ready", "mail:{bulk}:ready"),
        triggers.stream().map(trigger -> trigger.at("metadata", "stream").text()).toList());
    assertEquals("postrider", triggers.get(0).at("metadata", "consumerGroup").text());
    assertEquals("0", triggers.get(0).at("metadata", "activationLagCount").text());
  }

  @Test
  void nothing_runs_on_no_pod_unless_it_is_asked_for() throws IOException {
    Map<String, Object> zero = Map.of("enabled", true, "minReplicas", 0);
    AssertionError refused = refusal(Map.of("keda", zero));
    assertTrue(refused.getMessage().contains("scaleToZero"), refused.getMessage());
    Map<String, Object> meant = Map.of("enabled", true, "minReplicas", 0, "scaleToZero", true);
    String triggers =
        rendered(Map.of("keda", meant)).get("ScaledObject").at("spec", "triggers").text();
    assertTrue(triggers.contains("mail:{default}:schedule"), "scheduled mail keeps a pod");
    assertTrue(triggers.contains("pendingEntriesCount"), "a dead pod's mail keeps a pod");
  }

  @Test
  void metrics_are_scraped_with_a_token_or_not_at_all() throws IOException {
    Map<String, Object> on = Map.of("serviceMonitor", Map.of("enabled", true));
    refusal(on);
    Map<String, Object> secret = new LinkedHashMap<>(on);
    secret.put("existingSecret", "acme");
    Yaml endpoint = rendered(secret).get("ServiceMonitor").at("spec", "endpoints").items().get(0);
    assertEquals("viewer-token", endpoint.at("authorization", "credentials", "key").text());
    assertEquals("/q/metrics", endpoint.at("path").text());
  }

  @Test
  void the_operator_gets_the_same_alerts() throws IOException {
    Yaml rule = rendered(Map.of("prometheusRule", Map.of("enabled", true))).get("PrometheusRule");
    assertEquals(
        Yaml.read(Path.of("deploy/prometheus/alerts.yaml")).at("groups"),
        rule.at("spec", "groups"));
  }

  @Test
  void secrets_come_from_the_operators_secret_only() throws IOException {
    Map<String, Yaml> objects = rendered(Map.of("existingSecret", "acme"));
    assertFalse(objects.containsKey("Secret"));
    String pod = objects.get("Deployment").text();
    for (String key : List.of("smtp-password", "admin-token", "viewer-token", "producer-token")) {
      assertTrue(pod.contains("key=" + key), key);
    }
  }

  private static String variable(Yaml pod, String name) {
    return pod.at("containers").items().get(0).at("env").items().stream()
        .filter(one -> one.at("name").text().equals(name))
        .map(one -> one.at("value").text())
        .findFirst()
        .orElseThrow();
  }

  /** Skips the test where Go is missing. */
  private Program renderer() {
    return Program.needed("go", directory);
  }

  private AssertionError refusal(Map<String, Object> values) {
    renderer(); // A skipped test is no refusal.
    return assertThrows(AssertionError.class, () -> rendered(values));
  }

  /** Kind → object, with these values in place of the chart's. */
  private Map<String, Yaml> rendered(Map<String, Object> values) throws IOException {
    Yaml chart = Yaml.read(CHART.resolve("Chart.yaml"));
    Map<String, Object> given =
        Map.of(
            "Values",
            merged(Yaml.read(CHART.resolve("values.yaml")).node(), values),
            "Release",
            Map.of("Name", "acme", "Namespace", "mail", "Service", "Helm"),
            "Chart",
            Map.of(
                "Name", chart.at("name").text(),
                "Version", chart.at("version").text(),
                "AppVersion", chart.at("appVersion").text()),
            "Files",
            Map.of("alerts.yaml", Files.readString(CHART.resolve("alerts.yaml"))));
    Path input = Files.writeString(directory.resolve("input.json"), json(given));
    String renderer = Path.of("src/test/resources/helm/render.go").toAbsolutePath().toString();
    String text =
        renderer()
            .with("GO111MODULE", "off")
            .with("GOCACHE", Path.of("target", "go").toAbsolutePath().toString())
            .reading(input)
            .run(
                COMPILING, "run", renderer, CHART.resolve("templates").toAbsolutePath().toString());
    Map<String, Yaml> objects = new LinkedHashMap<>();
    Yaml.all(text).forEach(object -> objects.put(object.at("kind").text(), object));
    return objects;
  }

  private static Map<String, Object> merged(Object base, Map<String, Object> over) {
    Map<String, Object> all = new LinkedHashMap<>();
    ((Map<?, ?>) base).forEach((name, value) -> all.put(String.valueOf(name), value));
    for (Map.Entry<String, Object> own : over.entrySet()) {
      Object value = own.getValue();
      all.put(own.getKey(), value instanceof Map<?, ?> ? inner(all, own) : value);
    }
    return all;
  }

  @SuppressWarnings("unchecked") // JSON's names are strings.
  private static Map<String, Object> inner(Map<String, Object> all, Map.Entry<String, Object> own) {
    return merged(all.get(own.getKey()), (Map<String, Object>) own.getValue());
  }
}
