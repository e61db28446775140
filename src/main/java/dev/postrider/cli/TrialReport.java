package dev.postrider.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The rounds of a trial as a table and as JSON, with their medians. */
final class TrialReport {

  private final TrialPlan plan;
  private final List<TrialRound> rounds;

  TrialReport(TrialPlan plan, List<TrialRound> rounds) {
    this.plan = plan;
    this.rounds = rounds;
  }

  Table table() {
    Table table =
        new Table("ROUND", "MAILS", "ARRIVED", "TWICE", "SECONDS", "MAILS/S", "CPU µS/MAIL");
    int number = 1;
    for (TrialRound round : rounds) {
      table.row(
          Integer.toString(number++),
          round.mails(),
          round.arrived(),
          round.surplus(),
          round.span().toNanos() / 1e9,
          Math.round(round.rate()),
          round.cpuMicros());
    }
    if (rounds.size() > 1) {
      table.row(
          "median",
          plan.mails(),
          Math.round(median(TrialRound::arrived)),
          Math.round(median(TrialRound::surplus)),
          median(round -> round.span().toNanos() / 1e9),
          Math.round(median(TrialRound::rate)),
          median(TrialRound::cpuMicros));
    }
    return table;
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("mails", plan.mails());
    json.put("size", plan.size());
    json.put("in_flight", plan.inFlight());
    json.put("delay_ms", plan.delay().toMillis());
    json.put("mails_per_second", Math.round(median(TrialRound::rate)));
    json.put("cpu_us_per_mail", Math.round(median(TrialRound::cpuMicros)));
    json.put("exact", !rounds.isEmpty() && rounds.stream().allMatch(TrialRound::exact));
    json.put("rounds", rounds.stream().map(TrialReport::json).toList());
    return json;
  }

  private static Map<String, Object> json(TrialRound round) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("arrived", round.arrived());
    json.put("surplus", round.surplus());
    json.put("ms", round.span().toMillis());
    json.put("mails_per_second", Math.round(round.rate()));
    json.put("cpu_us_per_mail", Math.round(round.cpuMicros()));
    return json;
  }

  /** Zero if there was no round. */
  private double median(ToDoubleFunction<TrialRound> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    int half = sorted.length / 2;
    if (sorted.length == 0) {
      return 0;
    }
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
