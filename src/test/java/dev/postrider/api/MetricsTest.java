package dev.postrider.api;

import static dev.postrider.api.Caller.as;
import static dev.postrider.api.Caller.json;
import static dev.postrider.api.Caller.mail;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.Backends;
import dev.postrider.support.ForeignPrograms;
import dev.postrider.support.Program;
import dev.postrider.support.redis.RedisProcess;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus reads, as it reads it. */
@QuarkusTest
@TestProfile(Tokened.class)
@WithTestResource(Backends.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Tag(ForeignPrograms.TAG)
class MetricsTest {

  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final Pattern TYPE =
      Pattern.compile("^# TYPE (postrider_\\w+) (\\w+)$", Pattern.MULTILINE);
  private static final Pattern DOCUMENTED =
      Pattern.compile("^\\| `(postrider_\\w+)` \\| (\\w+) \\|", Pattern.MULTILINE);

  @TempDir Path directory;

  RedisProcess redis;

  @Test
  void is_for_viewers_only() {
    given().get("/q/metrics").then().statusCode(401);
    as(Tokened.PRODUCER).get("/q/metrics").then().statusCode(403);
    as(Tokened.VIEWER).get("/q/metrics").then().statusCode(200);
  }

  @Test
  void exports_exactly_the_documented_metrics() throws IOException {
    String page = Files.readString(Path.of("src/site/markdown/reference/metrics.md"));
    await().atMost(BOUND).until(() -> scrape().contains("postrider_stream_lag{"));
    assertEquals(pairs(DOCUMENTED, page), pairs(TYPE, scrape()));
  }

  private static Map<String, String> pairs(Pattern pattern, String text) {
    Map<String, String> pairs = new TreeMap<>();
    pattern.matcher(text).results().forEach(found -> pairs.put(found.group(1), found.group(2)));
    return pairs;
  }

  @Test
  void counts_a_mail_that_is_sent() {
    String sent = "postrider_mails_finished_total{queue=\"default\",outcome=\"sent\",}";
    String tried =
        "postrider_attempts_total{queue=\"default\",route=\"default\",provider=\"gmail\",outcome=\"ok\",class=\"2\",}";
    double sentBefore = value(sent);
    double triedBefore = value(tried);
    double metBefore = value("postrider_mails_enqueued_total{queue=\"default\",}");
    double tookBefore = value("postrider_send_duration_seconds_count{provider=\"gmail\",}");
    json(mail("").replace("ana@example.test", "Ana@GMail.com")).post("/api/v1/mails");
    await().atMost(BOUND).until(() -> value(sent) == sentBefore + 1);
    assertEquals(triedBefore + 1, value(tried));
    assertEquals(metBefore + 1, value("postrider_mails_enqueued_total{queue=\"default\",}"));
    assertEquals(
        tookBefore + 1, value("postrider_send_duration_seconds_count{provider=\"gmail\",}"));
    assertTrue(value("postrider_end_to_end_seconds_sum{queue=\"default\",}") >= 0);
  }

  @Test
  void tells_a_refusal_for_now_from_one_for_good() {
    json(mail("").replace("ana@", "550-5.1.1-rcpt@")).post("/api/v1/mails");
    json(mail("").replace("ana@", "451-4.7.1-rcpt-9x@")).post("/api/v1/mails");
    String series =
        "postrider_attempts_total{queue=\"default\",route=\"default\",provider=\"other\",outcome=\"%s\",";
    await().atMost(BOUND).until(() -> value(series.formatted("permanent") + "class=\"5\",}") >= 1);
    await().atMost(BOUND).until(() -> value(series.formatted("transient") + "class=\"4\",}") >= 1);
    assertTrue(value("postrider_mails_finished_total{queue=\"default\",outcome=\"dead\",}") >= 1);
    assertTrue(value("postrider_mails_deferred_total{queue=\"default\",}") >= 1);
  }

  @Test
  void holds_no_address_and_no_consumer() {
    String scrape = scrape();
    assertFalse(scrape.contains("@"), "an address");
    Object lease = await().atMost(BOUND).until(this::leases, names -> !names.equals("[]"));
    String consumer = lease.toString().replaceAll(".*worker:([^,\\]]+).*", "$1");
    assertTrue(consumer.endsWith("-0") || consumer.endsWith("-1"), consumer);
    assertFalse(scrape.contains(consumer), "a consumer's name");
  }

  private String leases() {
    return redis.client().command("KEYS", "mail:{default}:worker:*").toString();
  }

  @Test
  void says_of_each_number_whether_workers_are_to_be_added_up() {
    scrape()
        .lines()
        .filter(line -> line.startsWith("# HELP postrider_"))
        .forEach(
            line ->
                assertTrue(line.endsWith("sum over workers.") || line.endsWith("max, not sum.")));
  }

  @Test
  void prometheus_finds_nothing_to_blame() throws IOException {
    String own =
        scrape()
            .lines()
            .filter(line -> line.matches("(# \\w+ )?postrider_.*"))
            .collect(Collectors.joining("\n", "", "\n"));
    Program promtool = Program.needed("promtool", directory);
    promtool.reading(Files.writeString(directory.resolve("scrape.txt"), own));
    assertEquals("", promtool.run(BOUND, "check", "metrics").strip());
  }

  private static String scrape() {
    return as(Tokened.VIEWER).accept("text/plain;version=0.0.4").get("/q/metrics").asString();
  }

  private static double value(String series) {
    return scrape()
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElse(0);
  }
}
