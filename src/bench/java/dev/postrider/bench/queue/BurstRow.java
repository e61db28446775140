package dev.postrider.bench.queue;

import dev.postrider.bench.Figure.Goal;
import dev.postrider.bench.Percentile;
import dev.postrider.bench.Report;
import dev.postrider.bench.Row;
import dev.postrider.bench.Sizes;
import dev.postrider.bench.peer.Postrider;
import dev.postrider.bench.process.BenchRedis;
import dev.postrider.bench.process.PostfixSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A million mails fall due at the same instant; other mail must not wait longer. */
public final class BurstRow implements Row {

  private static final int GOAL_MS = 100;
  private static final int SCRIPT_MS_MAX = 5;

  private static final long FAR = Duration.ofDays(1).toMillis();
  private static final long SOON_MS = 2_000;

  @Override
  public void measure(Sizes sizes, Report report) throws Exception {
    Optional<String> program = PostfixSink.find();
    int backlog = sizes.number("mails", 1_000_000, 2_000);
    int warmUp = sizes.number("warm", 50_000, 500);
    if (program.isEmpty()) {
      report.skip("burst", "smtp-sink (Postfix) is not installed");
      return;
    }
    List<List<Long>> rounds = new ArrayList<>();
    List<Double> longest = new ArrayList<>();
    for (int round = 1; round <= sizes.roundsOfMinutes(); round++) {
      try (BenchRedis benchRedis = new BenchRedis();
          PostfixSink sink = new PostfixSink(program.get())) {
        long far = Scheduled.now(benchRedis) + FAR;
        new Scheduled(benchRedis, ConcurrentCallers.BULK, Scheduled::small)
            .park(0, backlog, number -> far);
        benchRedis.awaitQuiet();
        ConcurrentCallers due = new ConcurrentCallers(benchRedis, sink);
        rounds.add(due.waits(backlog, warmUp, () -> release(benchRedis, far)));
        ConcurrentCallers.tellRound(report, round, rounds, due);
        longest.add(due.scripts().stream().mapToDouble(Double::doubleValue).max().orElse(0));
      }
    }
    String row = "%,d due at once".formatted(backlog);
    ConcurrentCallers.tell(report, row, rounds, GOAL_MS);
    report.add(row, "longest script, ms", Percentile.of(0.5, longest), Goal.atMost(SCRIPT_MS_MAX));
  }

  /** All of them fall due two seconds from now. */
  private static void release(BenchRedis benchRedis, long far) {
    String schedule = Postrider.key(ConcurrentCallers.BULK, "schedule");
    double near = Scheduled.now(benchRedis) + SOON_MS;
    benchRedis.client().command("ZUNIONSTORE", schedule, 1, schedule, "WEIGHTS", near / far);
  }
}
