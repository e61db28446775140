package dev.postrider.bench.queue;

import dev.postrider.bench.Percentile;
import dev.postrider.bench.Report;
import dev.postrider.bench.Row;
import dev.postrider.bench.Sizes;
import dev.postrider.bench.peer.Forking;
import dev.postrider.bench.peer.Postrider;
import dev.postrider.bench.peer.Runner;
import dev.postrider.bench.peer.SearchingSidekiq;
import dev.postrider.bench.peer.Sidekiq;
import dev.postrider.bench.process.PostfixSink;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the idea came about: a fork for each mail; threads; a scheduled set in which each mail first
 * searches for what it makes void; Postrider, where nothing is ever searched for.
 */
public final class StoryRow implements Row {

  @Override
  public void measure(Sizes sizes, Report report) throws Exception {
    Optional<String> sink = PostfixSink.find();
    if (sink.isEmpty()) {
      report.skip("story", "smtp-sink (Postfix) is not installed");
      return;
    }
    int depth = sizes.number("depth", 100_000, 1_000);
    DrainRace race = new DrainRace(sink.get(), report);
    if (sizes.word("peers", "yes", "yes").equals("yes")) {
      boolean sidekiq = Sidekiq.installed();
      race.enter(Forking.installed(), new Forking(), sizes.number("fork", 500, 20));
      race.enter(sidekiq, new Sidekiq(), sizes.number("threads", 2_000, 50));
      race.enter(sidekiq, new SearchingSidekiq(depth), sizes.number("searching", 100, 20));
    }
    race.enter(Postrider.own(), sizes.number("mails", 100_000, 1_000));
    Map<Runner, List<TimedRound>> timedRounds = race.run(sizes.roundsOfMinutes());
    tell(timedRounds, report);
    report.draw("rate", DrainRow.chart("Mails a second", timedRounds, TimedRound::perSecond));
  }

  /** Each step beside the one before it. */
  private static void tell(Map<Runner, List<TimedRound>> timedRounds, Report report) {
    double before = 0;
    for (Map.Entry<Runner, List<TimedRound>> step : timedRounds.entrySet()) {
      String row = step.getKey().name();
      double rate = Percentile.median(step.getValue(), TimedRound::perSecond);
      report.add(row, "mails/s", rate);
      report.add(
          row,
          "CPU of the worker per mail, µs",
          Percentile.median(step.getValue(), TimedRound::workerMicros));
      report.add(
          row,
          "CPU of Redis per mail, µs",
          Percentile.median(step.getValue(), TimedRound::redisMicros));
      if (before > 0) {
        report.add(row, "times as fast as the step before", rate / before);
      }
      before = rate;
    }
  }
}
