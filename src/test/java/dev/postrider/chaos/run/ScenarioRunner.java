package dev.postrider.chaos.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Plays several scenarios at once: most of their time is spent waiting for leases to run out. */
public final class ScenarioRunner implements AutoCloseable {

  private final ExecutorService stages;
  private final Map<Scenario, Future<Result>> results = new LinkedHashMap<>();

  /**
   * @param application directory of the packaged worker
   * @param atOnce how many scenarios are played at the same time
   */
  public ScenarioRunner(
      List<Scenario> scenarios, Path application, Scale scale, long seed, int atOnce) {
    stages = Executors.newFixedThreadPool(atOnce);
    for (Scenario each : scenarios) {
      Path directory = Path.of("target", "chaos", each.name() + "-" + seed);
      Callable<Result> play = () -> each.run(application, directory, scale, seed);
      results.put(each, stages.submit(play));
    }
  }

  /** Waits for the end of a scenario. */
  public Result of(Scenario scenario) {
    try {
      return results.get(scenario).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException asItIs) { // Such as: what it needs is not here.
        throw asItIs;
      }
      throw new AssertionError(scenario + " could not be played.", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted.", e);
    }
  }

  @Override
  public void close() {
    stages.shutdownNow();
  }
}
