package dev.postrider.bench.queue;

import dev.postrider.bench.Figure.Goal;
import dev.postrider.bench.Percentile;
import dev.postrider.bench.Report;
import dev.postrider.bench.Row;
import dev.postrider.bench.Sizes;
import dev.postrider.bench.process.RoundTrip;
import dev.postrider.bench.process.SlowSink;
import dev.postrider.support.proxy.FaultProxy;
import dev.postrider.support.proxy.Flow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server at the other end of a line of 50 ms there and back: how well the line is used. */
public final class RemoteRow implements Row {

  private static final Duration ONE_WAY = Duration.ofMillis(25);

  /** While a mail is on its way, the next one for its connection is already composed. */
  private static final int IN_FLIGHT_PER_CONNECTION = 2;

  @Override
  public void measure(Sizes sizes, Report report) throws Exception {
    int connections = sizes.number("connections", 64, 8);
    int mails = sizes.number("mails", 12_000, 200);
    Map<String, String> settings =
        Map.of(
            "POSTRIDER_CONCURRENCY", "" + connections * IN_FLIGHT_PER_CONNECTION,
            "POSTRIDER_CONNECTIONS_PER_ROUTE", "" + connections);
    SteadyLoad steadyLoad = new SteadyLoad(settings, mails / 4, mails);
    List<SteadyLoad.Pace> paces = new ArrayList<>();
    double roundTrip;
    try (SlowSink sink = new SlowSink(0);
        FaultProxy proxy = FaultProxy.before(sink.port())) {
      proxy.flow(Flow.delay(ONE_WAY));
      roundTrip = RoundTrip.nanos(proxy.port()) / 1e9;
      for (int round = 1; round <= sizes.rounds(); round++) {
        paces.add(steadyLoad.run(sink, proxy.port()));
        System.out.printf("%2d %s%n", round, paces.get(paces.size() - 1));
      }
    }
    String row = "50 ms there and back, " + connections + " connections";
    double rate = Percentile.median(paces, SteadyLoad.Pace::perSecond);
    report.add(row, "round trip as measured, ms", roundTrip * 1e3);
    report.add(row, "mails/s", rate);
    report.add(
        row, "part of connections ÷ round trip", rate * roundTrip / connections, Goal.atLeast(0.9));
  }
}
