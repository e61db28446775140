package dev.postrider.bench.queue;

import dev.postrider.bench.Figure.Goal;
import dev.postrider.bench.Percentile;
import dev.postrider.bench.Report;
import dev.postrider.bench.Row;
import dev.postrider.bench.Sizes;
import dev.postrider.bench.peer.Postrider;
import dev.postrider.bench.process.BenchRedis;
import dev.postrider.bench.process.PostfixSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Two workers on one queue, then on six queues of a Redis Cluster: all is sent, and both work. */
public final class ScaleRow implements Row {

  /** What the less loaded one must do, of half. */
  private static final Goal SHARE = Goal.atLeast(0.8);

  @Override
  public void measure(Sizes sizes, Report report) throws Exception {
    Optional<String> sink = PostfixSink.find();
    int mails = sizes.number("mails", 200_000, 1_000);
    int clustered = sizes.number("cluster", 120_000, 600);
    if (sink.isEmpty()) {
      report.skip("scale", "smtp-sink (Postfix) is not installed");
      return;
    }
    List<WorkerPair.Shares> queue = new ArrayList<>();
    List<WorkerPair.Shares> cluster = new ArrayList<>();
    for (int round = 1; round <= sizes.roundsOfMinutes(); round++) {
      queue.add(oneQueue(sink.get(), mails));
      System.out.printf("%2d one queue  %s%n", round, queue.get(round - 1));
      if (clustered > 0) {
        cluster.add(cluster(sink.get(), clustered));
        System.out.printf("%2d six queues %s%n", round, cluster.get(round - 1));
      }
    }
    tell(report, "two workers, one queue", queue);
    if (clustered > 0) {
      tell(report, "two workers, cluster of 3 masters, 6 queues", cluster);
    }
  }

  private static void tell(Report report, String row, List<WorkerPair.Shares> rounds) {
    report.add(row, "mails/s", Percentile.median(rounds, WorkerPair.Shares::perSecond));
    report.add(
        row,
        "work of the less loaded one, part of half",
        Percentile.median(rounds, WorkerPair.Shares::lessLoaded),
        SHARE);
  }

  private static WorkerPair.Shares oneQueue(String sinkProgram, int mails) throws Exception {
    try (BenchRedis benchRedis = new BenchRedis();
        WorkerPair workerPair = new WorkerPair(sinkProgram)) {
      return workerPair.run(
          WorkerPair.on(benchRedis.url()),
          mails,
          () -> Postrider.own().fill(benchRedis, mails),
          () -> Postrider.own().left(benchRedis));
    }
  }

  private static WorkerPair.Shares cluster(String sinkProgram, int mails) throws Exception {
    try (SixQueues queues = new SixQueues();
        WorkerPair workerPair = new WorkerPair(sinkProgram)) {
      return workerPair.run(queues.settings(), mails, () -> queues.fill(mails), queues::left);
    }
  }
}
