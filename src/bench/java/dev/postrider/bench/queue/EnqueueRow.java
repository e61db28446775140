package dev.postrider.bench.queue;

import dev.postrider.bench.Figure.Goal;
import dev.postrider.bench.Percentile;
import dev.postrider.bench.Report;
import dev.postrider.bench.Row;
import dev.postrider.bench.Sizes;
import dev.postrider.bench.chart.Bars;
import dev.postrider.bench.peer.Postrider;
import dev.postrider.bench.process.BenchRedis;
import dev.postrider.bench.process.OwnJvm;
import dev.postrider.bench.process.SlowSink;
import dev.postrider.bench.process.WaitTimes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How fast mail of 1 KiB comes in: by the HTTP API, one by one and a hundred at a time, and by
 * XADD. The queue rests meanwhile; at the end all of it is sent.
 */
public final class EnqueueRow implements Row {

  private static final Duration SEND_MAX = Duration.ofMinutes(15);
  private static final String READY = Postrider.key(Postrider.QUEUE, "ready");
  private static final int CONNECTIONS = 64;
  private static final int CHUNK = 100;

  private static final String SINGLE = "HTTP, one by one, mails/s";
  private static final String BATCH = "HTTP, a hundred at a time, mails/s";
  private static final String DIRECT = "XADD, a thousand in a pipeline, mails/s";

  private static final Map<String, Goal> GOALS =
      Map.of(SINGLE, Goal.atLeast(10_000), BATCH, Goal.atLeast(50_000));

  @Override
  public void measure(Sizes sizes, Report report) throws Exception {
    int single = sizes.number("single", 30_000, 500);
    int batch = sizes.number("batch", 100_000, 1_000);
    int direct = sizes.number("xadd", 100_000, 1_000);
    Map<String, List<Double>> rates = new LinkedHashMap<>();
    long mails = 0;
    try (BenchRedis benchRedis = new BenchRedis();
        SlowSink sink = new SlowSink(0);
        HttpApi httpApi = new HttpApi(benchRedis, sink.port());
        OwnJvm producer =
            new OwnJvm(
                BenchProducer.class, "" + httpApi.port(), "" + CONNECTIONS, httpApi.token())) {
      httpApi.pause();
      for (int round = 0; round <= sizes.rounds(); round++) {
        boolean counts = round > 0;
        note(rates, counts, SINGLE, rate(producer, single, 1));
        note(rates, counts, BATCH, rate(producer, batch / CHUNK, CHUNK));
        note(rates, counts, DIRECT, direct(benchRedis, direct));
        mails += single + batch / CHUNK * CHUNK + direct;
      }
      mustWait(benchRedis, mails);
      httpApi.resume();
      sendAll(benchRedis, sink, mails);
    }
    rates.forEach((name, each) -> tell(report, name, each));
    report.draw("rate", new Bars("Mails a second", medians(rates)));
  }

  /** The first round warms up. */
  private static void note(
      Map<String, List<Double>> rates, boolean counts, String name, double rate) {
    System.out.printf("%s %,.0f %s%n", counts ? "  " : "..", rate, name);
    if (counts) {
      rates.computeIfAbsent(name, each -> new ArrayList<>()).add(rate);
    }
  }

  private static double rate(OwnJvm producer, int requests, int each) throws Exception {
    long nanos = Long.parseLong(producer.ask(BenchProducer.order(requests, each)));
    return requests * each * 1e9 / nanos;
  }

  private static double direct(BenchRedis benchRedis, int mails) {
    List<Object> add =
        Postrider.add(Postrider.QUEUE, BenchProducer.MAIL.getBytes(StandardCharsets.UTF_8));
    long start = System.nanoTime();
    benchRedis.load(mails, number -> add);
    return mails * 1e9 / (System.nanoTime() - start);
  }

  private static void mustWait(BenchRedis benchRedis, long mails) {
    long waiting = benchRedis.client().number("XLEN", READY);
    if (waiting != mails) {
      throw new IllegalStateException(waiting + " mails wait, not " + mails);
    }
  }

  private static void sendAll(BenchRedis benchRedis, SlowSink sink, long mails) throws Exception {
    WaitTimes.until(() -> sink.count() >= mails, SEND_MAX, "Not all mails were sent");
    WaitTimes.until(
        () -> Postrider.own().left(benchRedis) == 0, SEND_MAX, "The queue is not empty");
    if (sink.count() != mails) {
      throw new IllegalStateException(sink.count() + " mails were sent, not " + mails);
    }
  }

  private static Map<String, Double> medians(Map<String, List<Double>> rates) {
    Map<String, Double> medians = new LinkedHashMap<>();
    rates.forEach((name, each) -> medians.put(name.replace(", mails/s", ""), median(each)));
    return medians;
  }

  private static double median(List<Double> rates) {
    return Percentile.of(0.5, rates);
  }

  private static void tell(Report report, String name, List<Double> rates) {
    report.add("enqueue", name, median(rates), Optional.ofNullable(GOALS.get(name)));
  }
}
