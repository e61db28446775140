package dev.postrider.bench.queue;

import dev.postrider.bench.Figure.Goal;
import dev.postrider.bench.Percentile;
import dev.postrider.bench.Report;
import dev.postrider.bench.Row;
import dev.postrider.bench.Sizes;
import dev.postrider.bench.chart.Bars;
import dev.postrider.bench.peer.Bull;
import dev.postrider.bench.peer.Forking;
import dev.postrider.bench.peer.Postrider;
import dev.postrider.bench.peer.Runner;
import dev.postrider.bench.peer.Sidekiq;
import dev.postrider.bench.process.PostfixSink;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Mails of 4 KiB that wait in Redis, sent to a server without delay by one process: Postrider, the
 * same worker over vertx-mail-client, and the peers that are installed. They take turns.
 */
public final class DrainRow implements Row {

  private static final Runner OWN = Postrider.own();

  private static final Map<String, Goal> GOALS =
      Map.of(
          TimedRound.RATE,
          Goal.atLeast(20_000),
          TimedRound.CPU,
          Goal.atMost(40),
          TimedRound.MEMORY,
          Goal.atMost(512));

  /** How many times as fast as these Postrider shall be. */
  private static final Map<String, Goal> TIMES =
      Map.of(
          new Bull().name(), Goal.atLeast(9),
          new Sidekiq().name(), Goal.atLeast(70),
          Postrider.withVertxMailClient().name(), Goal.atLeast(6));

  @Override
  public void measure(Sizes sizes, Report report) throws Exception {
    Optional<String> sink = PostfixSink.find();
    if (sink.isEmpty()) {
      report.skip("drain", "smtp-sink (Postfix) is not installed");
      return;
    }
    DrainRace race = new DrainRace(sink.get(), report);
    race.enter(OWN, sizes.number("mails", 200_000, 2_000));
    race.enter(Postrider.withVertxMailClient(), sizes.number("stock", 20_000, 500));
    if (sizes.word("peers", "yes", "yes").equals("yes")) {
      race.enter(Bull.installed(), new Bull(), sizes.number("bullmq", 20_000, 500));
      race.enter(Sidekiq.installed(), new Sidekiq(), sizes.number("sidekiq", 2_000, 50));
      race.enter(Forking.installed(), new Forking(), sizes.number("fork", 500, 20));
    }
    Map<Runner, List<TimedRound>> timedRounds = race.run(sizes.rounds());
    timedRounds.forEach((runner, each) -> tell(runner, each, report));
    compare(timedRounds, report);
    report.draw("rate", chart("Mails a second", timedRounds, TimedRound::perSecond));
    report.draw(
        "cpu", chart("CPU of the worker for each mail, µs", timedRounds, TimedRound::workerMicros));
    report.draw(
        "memory", chart("Resident memory at its peak, MiB", timedRounds, TimedRound::peakMib));
  }

  /** Every figure of a worker; ours have goals. */
  static void tell(Runner runner, List<TimedRound> timedRounds, Report report) {
    Map<String, Goal> goals = runner.equals(OWN) ? GOALS : Map.of();
    TimedRound.figures()
        .forEach(
            (name, figure) ->
                report.add(
                    runner.name(),
                    name,
                    Percentile.median(timedRounds, figure),
                    Optional.ofNullable(goals.get(name))));
  }

  private static void compare(Map<Runner, List<TimedRound>> timedRounds, Report report) {
    double rate = Percentile.median(timedRounds.get(OWN), TimedRound::perSecond);
    double cpu = Percentile.median(timedRounds.get(OWN), TimedRound::workerMicros);
    for (Map.Entry<Runner, List<TimedRound>> each : timedRounds.entrySet()) {
      String name = each.getKey().name();
      if (!each.getKey().equals(OWN)) {
        double times = rate / Percentile.median(each.getValue(), TimedRound::perSecond);
        double less = Percentile.median(each.getValue(), TimedRound::workerMicros) / cpu;
        report.add(
            OWN.name(), "times as fast as " + name, times, Optional.ofNullable(TIMES.get(name)));
        report.add(OWN.name(), "times less CPU than " + name, less);
      }
    }
  }

  static Bars chart(
      String title,
      Map<Runner, List<TimedRound>> timedRounds,
      ToDoubleFunction<TimedRound> figure) {
    Map<String, Double> bars = new LinkedHashMap<>();
    timedRounds.forEach((runner, each) -> bars.put(runner.name(), Percentile.median(each, figure)));
    return new Bars(title, bars);
  }
}
