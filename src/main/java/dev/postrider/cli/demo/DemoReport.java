package dev.postrider.cli.demo;

import dev.postrider.cli.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The rounds of a demo as a table and as JSON, with medians. */
public final class DemoReport {

  private final DemoPlan plan;
  private final List<DemoRound> rounds;

  public DemoReport(DemoPlan plan, List<DemoRound> rounds) {
    this.plan = plan;
    this.rounds = rounds;
  }

  public Table table() {
    Table table =
        new Table("ROUND", "MAILS", "ARRIVED", "TWICE", "SECONDS", "MAILS/S", "CPU µS/MAIL");
    int number = 1;
    for (DemoRound round : rounds) {
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
          Math.round(median(DemoRound::arrived)),
          Math.round(median(DemoRound::surplus)),
          median(round -> round.span().toNanos() / 1e9),
          Math.round(median(DemoRound::rate)),
          median(DemoRound::cpuMicros));
    }
    return table;
  }

  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("mails", plan.mails());
    json.put("size", plan.size());
    json.put("in_flight", plan.inFlight());
    json.put("delay_ms", plan.delay().toMillis());
    json.put("mails_per_second", Math.round(median(DemoRound::rate)));
    json.put("cpu_us_per_mail", Math.round(median(DemoRound::cpuMicros)));
    json.put("exact", !rounds.isEmpty() && rounds.stream().allMatch(DemoRound::exact));
    json.put("rounds", rounds.stream().map(DemoReport::json).toList());
    return json;
  }

  private static Map<String, Object> json(DemoRound round) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("arrived", round.arrived());
    json.put("surplus", round.surplus());
    json.put("ms", round.span().toMillis());
    json.put("mails_per_second", Math.round(round.rate()));
    json.put("cpu_us_per_mail", Math.round(round.cpuMicros()));
    return json;
  }

  /** 0 without a round. */
  private double median(ToDoubleFunction<DemoRound> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    int half = sorted.length / 2;
    if (sorted.length == 0) {
      return 0;
    }
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
