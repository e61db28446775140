package dev.postrider.bench.queue;

import dev.postrider.bench.Percentile;
import dev.postrider.bench.Report;
import dev.postrider.bench.Row;
import dev.postrider.bench.Sizes;
import dev.postrider.bench.peer.Postrider;
import dev.postrider.bench.process.BenchRedis;
import dev.postrider.bench.process.Jdk;
import dev.postrider.bench.process.PackagedWorker;
import dev.postrider.bench.process.Service;
import dev.postrider.bench.process.SlowSink;
import dev.postrider.bench.process.WaitTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From the start of a process to its first mail at the server; the mail waits already. */
public final class StartRow implements Row {

  private static final Duration START_MAX = Duration.ofMinutes(2);
  private static final int WITH_CACHE = 25;

  @Override
  public void measure(Sizes sizes, Report report) throws Exception {
    Path directory = Files.createTempDirectory("start");
    Path archive = directory.resolve("app.jsa");
    Path cache = directory.resolve("app.aot");
    Path own = Path.of(System.getProperty("java.home"));
    Map<String, Way> ways = new LinkedHashMap<>();
    ways.put("Java " + Jdk.ownVersion(), new Way(own, List.of()));
    if (sizes.word("caches", "yes", "no").equals("yes")) {
      train(new Way(own, List.of("-XX:ArchiveClassesAtExit=" + archive)), archive);
      ways.put(
          "Java " + Jdk.ownVersion() + ", AppCDS",
          new Way(own, List.of("-XX:SharedArchiveFile=" + archive)));
      enterLater(ways, cache, report);
    }
    race(ways, sizes.rounds())
        .forEach(
            (way, millis) ->
                report.add("start, " + way, "first mail after, ms", Percentile.of(0.5, millis)));
    Files.deleteIfExists(archive);
    Files.deleteIfExists(cache);
    Files.delete(directory);
  }

  private static void enterLater(Map<String, Way> ways, Path cache, Report report)
      throws Exception {
    Optional<Path> later = Jdk.find(WITH_CACHE);
    if (later.isEmpty()) {
      report.skip("start, Java 25", "no such JDK beside the one that runs the benchmark");
      return;
    }
    train(new Way(later.get(), List.of("-XX:AOTCacheOutput=" + cache)), cache);
    ways.put("Java 25", new Way(later.get(), List.of()));
    ways.put("Java 25, AOT cache", new Way(later.get(), List.of("-XX:AOTCache=" + cache)));
  }

  private record Way(Path jdk, List<String> options) {}

  /** A run whose end writes down what the next start need not find out again. */
  private static void train(Way way, Path written) throws Exception {
    run(way);
    if (!Files.exists(written)) {
      throw new IllegalStateException("The JVM wrote no " + written.getFileName());
    }
  }

  private static Map<String, List<Double>> race(Map<String, Way> ways, int rounds)
      throws Exception {
    Map<String, List<Double>> millis = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      for (Map.Entry<String, Way> way : ways.entrySet()) {
        double taken = run(way.getValue());
        System.out.printf("%2d %-20s %,6.0f ms%n", round, way.getKey(), taken);
        millis.computeIfAbsent(way.getKey(), name -> new ArrayList<>()).add(taken);
      }
    }
    return millis;
  }

  private static double run(Way way) throws Exception {
    try (BenchRedis benchRedis = new BenchRedis();
        SlowSink sink = new SlowSink(0)) {
      Postrider.own().fill(benchRedis, 1);
      Map<String, String> settings =
          PackagedWorker.settings(benchRedis.url(), sink.port(), Map.of());
      long start = System.nanoTime();
      try (Service worker = PackagedWorker.start(way.jdk(), way.options(), settings)) {
        WaitTimes.until(() -> arrived(sink, worker), START_MAX, "The first mail was not sent");
        double millis = (System.nanoTime() - start) / 1e6;
        WaitTimes.until(
            () -> Postrider.own().left(benchRedis) == 0, START_MAX, "The queue is not empty");
        return millis;
      }
    }
  }

  private static boolean arrived(SlowSink sink, Service worker) throws IOException {
    worker.mustBeAlive();
    return sink.count() == 1;
  }
}
