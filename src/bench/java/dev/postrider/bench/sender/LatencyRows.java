package dev.postrider.bench.sender;

import dev.postrider.bench.Figure.Goal;
import dev.postrider.bench.Report;
import dev.postrider.bench.process.RoundTrip;
import dev.postrider.support.proxy.FaultProxy;
import dev.postrider.support.proxy.Flow;
import dev.postrider.support.smtp.Sink;
import dev.postrider.support.smtp.SinkOptions;
import dev.postrider.support.smtpserver.Extension;
import dev.postrider.support.smtpserver.MailServerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One connection over a line that takes 20 ms each way: how many mails one round trip carries. */
final class LatencyRows {

  private static final Duration ONE_WAY = Duration.ofMillis(20);
  private static final int MAILS = 50;

  private final Report report;
  private final int rounds;

  LatencyRows(Report report, int rounds) {
    this.report = report;
    this.rounds = rounds;
  }

  void measure() throws Exception {
    measure("20 ms each way, CHUNKING", options -> {}, 0.9);
    measure("20 ms each way, DATA", options -> options.without(Extension.CHUNKING), 0.45);
  }

  private void measure(String row, Consumer<MailServerOptions> offer, double goal)
      throws Exception {
    try (Sink sink = Sink.start(new SinkOptions().forgetsContent().server(offer));
        FaultProxy proxy = FaultProxy.before(sink.port());
        Contender sender =
            new JvmContender(PostriderSender.class, "" + proxy.port(), "1", Loads.READY)) {
      proxy.flow(Flow.delay(ONE_WAY));
      double roundTrip = RoundTrip.nanos(proxy.port());
      sender.round(MAILS);
      List<Round> measured = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        measured.add(sender.round(MAILS));
      }
      mustHaveTaken(sink, (rounds + 1L) * MAILS);
      double perSecond = Round.median(measured, Round::mailsPerSecond);
      report.add(row, "round trip as measured, ms", roundTrip / 1e6);
      report.add(row, "mails per round trip", perSecond * roundTrip / 1e9, Goal.atLeast(goal));
    }
  }

  private static void mustHaveTaken(Sink sink, long mails) {
    if (sink.counters().mails() != mails || !sink.counters().violations().isEmpty()) {
      throw new IllegalStateException(
          "Not %d mails but %d; faults: %s"
              .formatted(mails, sink.counters().mails(), sink.counters().violations()));
    }
  }
}
