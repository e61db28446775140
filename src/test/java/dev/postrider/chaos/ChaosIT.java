package dev.postrider.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.postrider.chaos.run.Report;
import dev.postrider.chaos.run.Result;
import dev.postrider.chaos.run.Scale;
import dev.postrider.chaos.run.Scenario;
import dev.postrider.chaos.run.ScenarioRunner;
import dev.postrider.chaos.run.Scenarios;
import dev.postrider.support.ForeignPrograms;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The promise of nothing lost, on real processes. {@code -Dchaos=full} or {@code soak} plays it
 * large, {@code -Dchaos.seed=} repeats a run, {@code -Dchaos.only=T2,T6} plays some rows, {@code
 * -Dchaos.part=4} a quarter of the mails and faults.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Tag(ForeignPrograms.TAG)
class ChaosIT {

  private static final Scale SCALE = Scale.chosen();
  private static final long SEED = Scale.seed();
  private static final Report REPORT = new Report();
  private static ScenarioRunner scenarioRunner;

  static List<Scenario> scenarios() {
    List<String> only = List.of(System.getProperty("chaos.only", "").split(","));
    return Scenarios.ALL.stream()
        .filter(each -> each.belongsTo(SCALE))
        .filter(each -> only.contains("") || only.contains(each.name()))
        .toList();
  }

  @BeforeAll
  static void begin() {
    Path application = Path.of("target", "quarkus-app");
    scenarioRunner = new ScenarioRunner(scenarios(), application, SCALE, SEED, SCALE.atOnce());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void nothing_is_lost_and_what_is_sent_twice_is_explained(Scenario scenario) {
    Result result = scenarioRunner.of(scenario);
    REPORT.add(result);
    assertEquals(List.of(), result.broken(), "repeat with -Dchaos.seed=" + SEED);
  }

  @AfterAll
  static void end() {
    scenarioRunner.close();
    REPORT.print(SCALE);
  }
}
