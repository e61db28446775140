package dev.postrider.chaos;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.chaos.run.PatchedPackage;
import dev.postrider.chaos.run.PlantedBug;
import dev.postrider.chaos.run.Result;
import dev.postrider.chaos.run.Scale;
import dev.postrider.chaos.run.Scenario;
import dev.postrider.chaos.run.ScenarioRun;
import dev.postrider.chaos.run.Scenarios;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who checks the checker: the suite must turn red on workers that are broken on purpose. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlantedBugsIT {

  private static final long SEED = Scale.seed();

  static Stream<PlantedBug> bugs() {
    List<String> only = List.of(System.getProperty("chaos.bugs", "").split(","));
    boolean all = Scale.chosen() != Scale.GATE;
    return Stream.of(PlantedBug.values())
        .filter(
            bug ->
                only.contains(bug.name())
                    || only.contains("") && (all || PlantedBug.GATE.contains(bug)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bugs")
  void is_noticed(PlantedBug bug) {
    Path application = PatchedPackage.of(Path.of("target", "quarkus-app"), bug);
    Scenario scenario = Scenarios.named(bug.noticedBy());
    Path directory = application.resolveSibling("run");
    Result result = scenario.withShortTimeout().run(application, directory, Scale.GATE, SEED);
    System.out.println(bug + " in " + scenario + ": " + result.broken());
    assertTrue(noticed(result), scenario + " did not notice, seed " + SEED);
  }

  /** Waiting in vain is not enough: that may be the machine. */
  private static boolean noticed(Result result) {
    return result.checkResult().lost() + result.checkResult().unexplained() > 0
        || result.broken().stream().anyMatch(line -> line.startsWith(ScenarioRun.NOT_AS_EXPECTED));
  }
}
