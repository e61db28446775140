package dev.postrider.bench;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.postrider.bench.queue.BurstRow;
import dev.postrider.bench.queue.DrainRow;
import dev.postrider.bench.queue.EnqueueRow;
import dev.postrider.bench.queue.FairnessRow;
import dev.postrider.bench.queue.InFlightRow;
import dev.postrider.bench.queue.RemoteRow;
import dev.postrider.bench.queue.ScaleRow;
import dev.postrider.bench.queue.ScheduleRow;
import dev.postrider.bench.queue.StartRow;
import dev.postrider.bench.queue.StoryRow;
import dev.postrider.bench.queue.VoidRow;
import dev.postrider.support.ForeignPrograms;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Workloads at their tiniest: nothing is measured, but all of it runs and delivers exactly. Every
 * build runs those that share their parts with the others; all of them run with {@code
 * -Dworkloads=all}.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Tag(ForeignPrograms.TAG)
class WorkloadsIT {

  /** Peers and clusters take their time to start, and no part of ours is tried by that. */
  private static final String[] SIZES = {"tiny", "peers=no", "cluster=0"};

  @ParameterizedTest
  @MethodSource("workloads")
  void runs_and_delivers_each_mail_once(String name, Row row, @TempDir Path directory) {
    Report report = new Report();
    Sizes sizes = new Sizes(SIZES);
    assertDoesNotThrow(() -> row.measure(sizes, report));
    assertFalse(report.isEmpty(), name + " neither measured nor said why not");
    assertDoesNotThrow(() -> report.write(directory, name));
  }

  static Stream<Arguments> workloads() {
    boolean all = "all".equals(System.getProperty("workloads"));
    return all ? Stream.concat(ofEveryBuild(), others()) : ofEveryBuild();
  }

  private static Stream<Arguments> ofEveryBuild() {
    return Stream.of(
        Arguments.of("drain", new DrainRow()),
        Arguments.of("schedule", new ScheduleRow()),
        Arguments.of("fairness", new FairnessRow()),
        Arguments.of("story", new StoryRow()));
  }

  private static Stream<Arguments> others() {
    return Stream.of(
        Arguments.of("flight", new InFlightRow()),
        Arguments.of("remote", new RemoteRow()),
        Arguments.of("void", new VoidRow()),
        Arguments.of("burst", new BurstRow()),
        Arguments.of("enqueue", new EnqueueRow()),
        Arguments.of("scale", new ScaleRow()),
        Arguments.of("start", new StartRow()));
  }
}
