package dev.postrider.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.ForeignPrograms;
import dev.postrider.support.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts and dashboard: every metric they name exists, every alert says what to do. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Tag(ForeignPrograms.TAG)
class AlertsTest {

  private static final Path ALERTS = Path.of("deploy/prometheus/alerts.yaml");
  private static final Path DASHBOARD = Path.of("deploy/grafana/postrider.json");
  private static final Duration QUICK = Duration.ofMinutes(1);

  private static final Pattern METRIC = Pattern.compile("postrider_\\w+");
  private static final Pattern COMMAND =
      Pattern.compile("\\bpostrider (dead|held|queue|stats|doctor|tail)( [a-z]+)?\\b");
  private static final Pattern DOCUMENTED =
      Pattern.compile("^\\| `(postrider_\\w+)` \\|", Pattern.MULTILINE);

  @TempDir Path directory;

  @Test
  void every_metric_of_an_alert_exists() throws IOException {
    for (Yaml alert : alerts()) {
      assertEquals(Set.of(), unknown(alert.at("expr").text()), alert.at("alert").text());
    }
  }

  @Test
  void every_metric_of_the_dashboard_exists() throws IOException {
    assertEquals(Set.of(), unknown(Files.readString(DASHBOARD)));
  }

  /** The page is held to the real scrape by MetricsTest. */
  private static Set<String> unknown(String text) throws IOException {
    String page = Files.readString(Path.of("src/site/markdown/reference/metrics.md"));
    Set<String> known =
        DOCUMENTED.matcher(page).results().map(found -> found.group(1)).collect(Collectors.toSet());
    return METRIC
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .map(name -> name.replaceAll("_(bucket|sum|count)$", ""))
        .filter(name -> !known.contains(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void every_alert_says_what_is_wrong_and_what_to_do() throws IOException {
    for (Yaml alert : alerts()) {
      String name = alert.at("alert").text();
      assertTrue(name.startsWith("Postrider"), name);
      assertTrue(Set.of("warning", "critical").contains(alert.at("labels", "severity").text()));
      for (String part : List.of("summary", "action")) {
        String sentence = alert.at("annotations", part).text();
        assertTrue(sentence.length() > 20 && sentence.endsWith("."), name + ": " + sentence);
      }
    }
  }

  @Test
  void every_command_of_an_alert_exists() throws IOException {
    List<String> commands =
        Files.readString(Path.of("src/site/markdown/reference/cli.md"))
            .lines()
            .filter(line -> line.startsWith("### postrider "))
            .map(line -> line.substring("### ".length()))
            .toList();
    List<String> named =
        COMMAND.matcher(Files.readString(ALERTS)).results().map(MatchResult::group).toList();
    assertFalse(named.isEmpty());
    assertEquals(List.of(), named.stream().filter(name -> !commands.contains(name)).toList());
  }

  @Test
  void values_that_every_worker_reports_are_never_added_up() throws IOException {
    String group =
        "stream_lag|pending|oldest_\\w+|scheduled\\w*|dead|held|queue_paused|redis_m\\w+";
    Pattern summed = Pattern.compile("sum( by \\(\\w+\\))? \\(postrider_(" + group + ")\\b[^_]");
    for (Yaml alert : alerts()) {
      String expression = alert.at("expr").text();
      assertFalse(summed.matcher(expression).find(), expression);
    }
  }

  @Test
  void the_chart_holds_the_same_alerts() throws IOException {
    assertEquals(
        Files.readString(ALERTS), Files.readString(Path.of("deploy/helm/postrider/alerts.yaml")));
  }

  @Test
  void every_panel_says_what_it_shows() throws IOException {
    Yaml dashboard = Yaml.all(Files.readString(DASHBOARD)).get(0);
    Set<String> ids = new TreeSet<>();
    for (Yaml panel : dashboard.at("panels").items()) {
      assertTrue(ids.add(panel.at("id").text()), "two panels of one id");
      assertTrue(panel.at("description").text().endsWith("."), panel.at("title").text());
      assertEquals("${datasource}", panel.at("datasource", "uid").text());
      assertFalse(panel.at("targets").items().isEmpty());
    }
    assertTrue(ids.size() > 10);
  }

  @Test
  void prometheus_reads_the_alerts() {
    String said =
        Program.needed("promtool", directory)
            .run(QUICK, "check", "rules", ALERTS.toAbsolutePath().toString());
    assertTrue(said.contains("SUCCESS"), said);
  }

  @Test
  void prometheus_reads_its_configuration() {
    String configuration = Path.of("deploy/prometheus/prometheus.yaml").toAbsolutePath().toString();
    Program.needed("promtool", directory)
        .run(QUICK, "check", "config", "--syntax-only", configuration);
  }

  @Test
  void the_alerts_go_off_when_they_should_and_not_before() {
    String cases =
        Path.of("src/test/resources/prometheus/alerts-test.yaml").toAbsolutePath().toString();
    String said = Program.needed("promtool", directory).run(QUICK, "test", "rules", cases);
    assertTrue(said.contains("SUCCESS"), said);
  }

  private static List<Yaml> alerts() throws IOException {
    return Yaml.read(ALERTS).at("groups").items().get(0).at("rules").items();
  }
}
