package dev.postrider.bench.queue;

import dev.postrider.bench.Figure.Goal;
import dev.postrider.bench.Percentile;
import dev.postrider.bench.Report;
import dev.postrider.bench.Row;
import dev.postrider.bench.Sizes;
import dev.postrider.bench.chart.Curves;
import dev.postrider.bench.chart.Curves.Point;
import dev.postrider.bench.peer.Postrider;
import dev.postrider.bench.process.BenchRedis;
import dev.postrider.bench.process.PostfixSink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Ten million mails in the schedule: what each takes, what moving a due one costs at any depth, and
 * whether mail that is sent at once notices them.
 */
public final class ScheduleRow implements Row {

  private static final String ROW = "deep schedule";
  private static final int SHALLOW = 1_000;
  private static final int STEP = 10;
  private static final long FAR = Duration.ofDays(300).toMillis();

  @Override
  public void measure(Sizes sizes, Report report) throws Exception {
    int depth = sizes.number("depth", 10_000_000, 10_000);
    int repeats = sizes.number("repeats", 50, 3);
    try (BenchRedis deep = new BenchRedis();
        BenchRedis empty = new BenchRedis()) {
      deep.client().command("CONFIG", "SET", "appendonly", "no");
      long before = deep.memory();
      Depths depths = deepen(deep, depth, repeats);
      int parked = depths.deepest().mails() - ScheduleDepth.DUE;
      tell(report, depths);
      tellMemory(report, deep.memory() - before, parked);
      deep.client().command("CONFIG", "SET", "appendonly", "yes");
      besideImmediate(sizes, report, new Stores(deep, parked, empty));
      mustHold(deep, parked);
    }
  }

  /**
   * @param growing just filled, while Redis may still enlarge its tables
   * @param grown once it is done with that
   */
  private record Depths(List<ScheduleDepth> growing, List<ScheduleDepth> grown) {

    ScheduleDepth deepest() {
      return grown.get(grown.size() - 1);
    }
  }

  private record Stores(BenchRedis deep, int parked, BenchRedis empty) {}

  /** Measures at each power of ten. Nothing is written to disk so far: loading is not the topic. */
  private static Depths deepen(BenchRedis benchRedis, int depth, int repeats) {
    Scheduled scheduled = new Scheduled(benchRedis, Postrider.QUEUE, Scheduled::small);
    long due = Scheduled.now(benchRedis) + FAR;
    Depths depths = new Depths(new ArrayList<>(), new ArrayList<>());
    int parked = 0;
    for (int wanted = SHALLOW; wanted <= depth; wanted *= STEP) {
      scheduled.park(parked, wanted - ScheduleDepth.DUE, number -> due + number);
      parked = wanted - ScheduleDepth.DUE;
      depths.growing().add(ScheduleDepth.measure(benchRedis, scheduled, parked, repeats));
      scheduled.settle(wanted);
      depths.grown().add(ScheduleDepth.measure(benchRedis, scheduled, parked, repeats));
      System.out.println(depths.deepest());
    }
    return depths;
  }

  private static void tell(Report report, Depths depths) {
    ScheduleDepth first = depths.grown().get(0);
    ScheduleDepth last = depths.deepest();
    for (ScheduleDepth scheduleDepth : depths.grown()) {
      report.add(
          ROW,
          "CPU of Redis per mail moved at %,d, µs".formatted(scheduleDepth.mails()),
          scheduleDepth.microsEach());
    }
    report.add(
        ROW,
        "the same at the deepest while Redis enlarges its tables, µs",
        depths.growing().get(depths.growing().size() - 1).microsEach());
    report.add(
        ROW,
        "cost at the deepest, times that at %,d".formatted(first.mails()),
        last.microsEach() / first.microsEach(),
        Goal.atMost(1.3));
    report.add(ROW, "mails moved/s at the deepest", last.perSecond(), Goal.atLeast(50_000));
    report.draw(
        "cost",
        new Curves(
            "CPU of Redis for each mail moved, µs",
            "mails in the schedule",
            new TreeMap<>(
                Map.of(
                    "tables at rest", points(depths.grown()),
                    "while they grow", points(depths.growing())))));
  }

  private static List<Point> points(List<ScheduleDepth> scheduleDepths) {
    return scheduleDepths.stream().map(at -> new Point(at.mails(), at.microsEach())).toList();
  }

  private static void tellMemory(Report report, long bytes, int parked) {
    double own = Scheduled.small(1_000_000).getBytes(StandardCharsets.UTF_8).length;
    if (parked > 0) {
      report.add(ROW, "mail itself, bytes", own);
      report.add(
          ROW, "bytes beyond the mail itself", (double) bytes / parked - own, Goal.atMost(250));
    }
  }

  /** The two take turns. */
  private static void besideImmediate(Sizes sizes, Report report, Stores stores) throws Exception {
    int mails = sizes.number("mails", 100_000, 500);
    Optional<String> sink = PostfixSink.find();
    if (sink.isEmpty()) {
      report.skip("immediate mail", "smtp-sink (Postfix) is not installed");
      return;
    }
    Drain alone = new Drain(new BesideSchedule("alone", 0), mails / 2, mails);
    Drain beside = new Drain(new BesideSchedule("beside", stores.parked()), mails / 2, mails);
    List<TimedRound> quick = new ArrayList<>();
    List<TimedRound> tried = new ArrayList<>();
    for (int round = 1; round <= sizes.rounds(); round++) {
      quick.add(alone.run(sink.get(), stores.empty()));
      tried.add(beside.run(sink.get(), stores.deep()));
      System.out.printf("%2d alone  %s%n", round, quick.get(quick.size() - 1));
      System.out.printf("%2d beside %s%n", round, tried.get(tried.size() - 1));
    }
    double without = Percentile.median(quick, TimedRound::perSecond);
    double with = Percentile.median(tried, TimedRound::perSecond);
    report.add(ROW, "immediate mails/s, empty schedule", without);
    report.add(ROW, "immediate mails/s, %,d scheduled".formatted(stores.parked()), with);
    report.add(ROW, "part of the rate that is left", with / without, Goal.atLeast(0.9));
  }

  private static void mustHold(BenchRedis benchRedis, int parked) {
    long held = benchRedis.client().number("ZCARD", Postrider.key(Postrider.QUEUE, "schedule"));
    if (held != parked) {
      throw new IllegalStateException(held + " mails are scheduled, not " + parked);
    }
  }
}
