package dev.postrider.chaos.run;

import dev.postrider.chaos.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One row of the plan: a fault, how large it is played, and what happens.
 *
 * @param name short, as in {@code T2}
 * @param fault in words
 * @param delayPerMail how long the mail server lets each mail wait: the longer, the more is in
 *     flight when the fault strikes
 * @param sizes for each scale
 * @param play what happens on the stage
 * @param storage starts the Redis it is played on
 * @param endTimeout how long the mail that is left in the end may take
 */
public record Scenario(
    String name,
    String fault,
    Duration delayPerMail,
    Map<Scale, Size> sizes,
    Play play,
    Supplier<Storage> storage,
    Duration endTimeout) {

  /** What a broken worker has not sent by then, it never will. */
  private static final Duration SHORT_TIMEOUT = Duration.ofSeconds(20);

  /** Whether it is played at this scale. */
  public boolean belongsTo(Scale scale) {
    return sizes.containsKey(scale);
  }

  /** What happens between the rise of the curtain and the count. */
  @FunctionalInterface
  interface Play {
    void run(ScenarioRun scenarioRun, Size size);
  }

  /** The same, for a worker that is known to be broken. */
  public Scenario withShortTimeout() {
    return new Scenario(name, fault, delayPerMail, sizes, play, storage, SHORT_TIMEOUT);
  }

  /**
   * Plays it and counts.
   *
   * @param application directory of the packaged worker
   * @param directory takes ledgers and logs; what an earlier run left there is gone
   */
  public Result run(Path application, Path directory, Scale scale, long seed) {
    clear(directory);
    long start = System.nanoTime();
    try (ScenarioRun scenarioRun = new ScenarioRun(application, directory, seed, this)) {
      scenarioRun.play(sizes.get(scale).dividedBy(Scale.divisor()));
      ScenarioRun.Outcome outcome = scenarioRun.end();
      return new Result(
          this,
          seed,
          outcome.checkResult(),
          outcome.incidents(),
          outcome.remarks(),
          outcome.broken(),
          since(start));
    }
  }

  private static void clear(Path directory) {
    try {
      Files.createDirectories(directory);
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("No directory for ledgers and logs.", e);
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Override
  public String toString() {
    return name + " " + fault;
  }
}
