package dev.postrider.bench.queue;

import dev.postrider.bench.Figure.Goal;
import dev.postrider.bench.Percentile;
import dev.postrider.bench.Report;
import dev.postrider.bench.Row;
import dev.postrider.bench.Sizes;
import dev.postrider.bench.process.SlowSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server that thinks about each mail for a second, and ten thousand mails in flight to it. */
public final class InFlightRow implements Row {

  private static final int THINKS_MS = 1_000;

  /** Mail in flight lives through collections: room for it, or each of them carries it along. */
  private static final String JVM =
      "-Xmx1g -Xmn640m -XX:SurvivorRatio=2 -XX:+UseSerialGC -XX:-UsePerfData";

  private static final double MIB = 1_048_576;

  /** Of what Little's law allows: mails in flight, one a second each. */
  private static final double PART = 0.85;

  @Override
  public void measure(Sizes sizes, Report report) throws Exception {
    int flight = sizes.number("flight", 10_000, 100);
    int seconds = sizes.number("seconds", 20, 2);
    int warmUp = flight * sizes.number("warm", 10, 1);
    Map<String, String> settings =
        Map.of("POSTRIDER_CONCURRENCY", "" + flight, "JDK_JAVA_OPTIONS", JVM);
    SteadyLoad steadyLoad = new SteadyLoad(settings, warmUp, flight * seconds);
    List<SteadyLoad.Pace> paces = new ArrayList<>();
    try (SlowSink sink = new SlowSink(THINKS_MS)) {
      for (int round = 1; round <= sizes.roundsOfMinutes(); round++) {
        paces.add(steadyLoad.run(sink, sink.port()));
        System.out.printf("%2d %s%n", round, paces.get(paces.size() - 1));
      }
    }
    String row = "%,d in flight, 1 s each".formatted(flight);
    report.add(
        row,
        "mails/s",
        Percentile.median(paces, SteadyLoad.Pace::perSecond),
        Goal.atLeast(PART * flight));
    report.add(
        row,
        "CPU of the worker per mail, µs",
        Percentile.median(paces, SteadyLoad.Pace::microsEach));
    report.add(row, "threads", Percentile.median(paces, SteadyLoad.Pace::threads));
    report.add(
        row, "memory at its peak, MiB", Percentile.median(paces, pace -> pace.peakBytes() / MIB));
  }
}
