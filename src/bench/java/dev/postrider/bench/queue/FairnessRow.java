package dev.postrider.bench.queue;

import dev.postrider.bench.Report;
import dev.postrider.bench.Row;
import dev.postrider.bench.Sizes;
import dev.postrider.bench.peer.Postrider;
import dev.postrider.bench.process.BenchRedis;
import dev.postrider.bench.process.PostfixSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A million mails wait in one queue; those of another must not wait behind them. */
public final class FairnessRow implements Row {

  private static final int GOAL_MS = 50;

  @Override
  public void measure(Sizes sizes, Report report) throws Exception {
    Optional<String> program = PostfixSink.find();
    int backlog = sizes.number("mails", 1_000_000, 2_000);
    int warmUp = sizes.number("warm", 50_000, 500);
    if (program.isEmpty()) {
      report.skip("fairness", "smtp-sink (Postfix) is not installed");
      return;
    }
    List<List<Long>> rounds = new ArrayList<>();
    for (int round = 1; round <= sizes.roundsOfMinutes(); round++) {
      try (BenchRedis benchRedis = new BenchRedis();
          PostfixSink sink = new PostfixSink(program.get())) {
        benchRedis.load(
            backlog,
            number -> Postrider.add(ConcurrentCallers.BULK, ConcurrentCallers.json(number)));
        benchRedis.awaitQuiet();
        ConcurrentCallers others = new ConcurrentCallers(benchRedis, sink);
        rounds.add(others.waits(backlog, warmUp, () -> {}));
        ConcurrentCallers.tellRound(report, round, rounds, others);
      }
    }
    ConcurrentCallers.tell(report, "%,d waiting in bulk".formatted(backlog), rounds, GOAL_MS);
  }
}
