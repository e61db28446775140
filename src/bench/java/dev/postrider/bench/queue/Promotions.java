package dev.postrider.bench.queue;

import dev.postrider.bench.peer.Postrider;
import dev.postrider.bench.process.BenchRedis;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Moves due mail with the worker's own script, one caller, and reads Redis's own clocks. */
final class Promotions {

  /** As many mails and bytes a call as the worker asks for. */
  private static final int BATCH = 100;

  private static final int BYTES = 1_048_576;

  private static final Pattern CPU = Pattern.compile("used_cpu_(?:user|sys):(\\d+\\.\\d+)");

  /**
   * What moving some mails took.
   *
   * @param cpuMicros of Redis
   */
  record Cost(long moved, long nanos, double cpuMicros) {

    double microsEach() {
      return cpuMicros / moved;
    }

    double perSecond() {
      return moved * 1e9 / nanos;
    }
  }

  private final BenchRedis benchRedis;
  private final String queue;
  private final String script;

  Promotions(BenchRedis benchRedis, String queue) {
    this.benchRedis = benchRedis;
    this.queue = queue;
    this.script = (String) benchRedis.client().command("SCRIPT", "LOAD", text());
  }

  /** Moves all that is due. */
  Cost run() {
    double cpu = cpuMicros();
    long start = System.nanoTime();
    long moved = 0;
    long last = call();
    while (last > 0) {
      moved += last;
      last = call();
    }
    return new Cost(moved, System.nanoTime() - start, cpuMicros() - cpu);
  }

  private long call() {
    List<?> reply =
        (List<?>)
            benchRedis
                .client()
                .command(
                    "EVALSHA",
                    script,
                    3,
                    Postrider.key(queue, "schedule"),
                    Postrider.key(queue, "parked"),
                    Postrider.key(queue, "ready"),
                    BATCH,
                    BYTES);
    return (Long) reply.get(0);
  }

  private double cpuMicros() {
    Matcher times = CPU.matcher((String) benchRedis.client().command("INFO", "cpu"));
    return times.results().limit(2).mapToDouble(time -> Double.parseDouble(time.group(1))).sum()
        * 1e6;
  }

  private static String text() {
    try (InputStream in = Promotions.class.getResourceAsStream("/lua/promote.lua")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
