package dev.postrider.bench.queue;

import dev.postrider.bench.Report;
import dev.postrider.bench.peer.Runner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets queue workers take turns, so that other load on the machine affects all alike. Each warms up
 * on half as many mails as are measured.
 */
final class DrainRace {

  private final String sinkProgram;
  private final Report report;
  private final Map<Runner, Integer> entered = new LinkedHashMap<>();

  DrainRace(String sinkProgram, Report report) {
    this.sinkProgram = sinkProgram;
    this.report = report;
  }

  /**
   * @param mails that are measured in a round
   */
  DrainRace enter(Runner runner, int mails) {
    entered.put(runner, mails);
    return this;
  }

  /** As {@link #enter(Runner, int)}, or a note in the report that it is not installed. */
  DrainRace enter(boolean installed, Runner runner, int mails) {
    if (!installed) {
      report.skip(runner.name(), "not installed");
      return this;
    }
    return enter(runner, mails);
  }

  /** Each worker's rounds, in the order they entered. */
  Map<Runner, List<TimedRound>> run(int rounds) throws Exception {
    Map<Runner, List<TimedRound>> timedRounds = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      for (Map.Entry<Runner, Integer> each : entered.entrySet()) {
        int mails = each.getValue();
        TimedRound timedRound = new Drain(each.getKey(), mails / 2, mails).run(sinkProgram);
        System.out.printf("%2d %-30s %s%n", round, each.getKey().name(), timedRound);
        timedRounds.computeIfAbsent(each.getKey(), runner -> new ArrayList<>()).add(timedRound);
      }
    }
    return timedRounds;
  }
}
