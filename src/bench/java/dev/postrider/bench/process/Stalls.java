package dev.postrider.bench.process;

import dev.postrider.bench.Percentile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What held up Redis and a worker during a round, in their own words: Redis's latency monitor, slow
 * log and counters of its file on disk; the JVM's safepoints and Vert.x's watch over its threads.
 */
public final class Stalls {

  /** Option of the JVM without which the worker does not tell its pauses. */
  public static final String TOLD_BY_JVM = "-Xlog:safepoint=info:stdout:uptime";

  /** From here on Redis's latency monitor notes an event, in ms. */
  private static final int EVENT_MS = 5;

  /** From here on Redis notes a command, in µs. */
  private static final int NOTED = 1_000;

  private static final int NOTES_MAX = 50_000;
  private static final double MICROS = 1_000;
  private static final Pattern PAUSE = Pattern.compile("Safepoint \"(\\w+)\".* Total: +(\\d+) ns");
  private static final Pattern BLOCKED = Pattern.compile("has been blocked for (\\d+) ms");
  private static final Pattern CALLS =
      Pattern.compile("cmdstat_evalsha:calls=(\\d+),usec=\\d+,usec_per_call=([\\d.]+)");

  private final BenchRedis benchRedis;
  private final long delayed;
  private final long preempted;

  private Stalls(BenchRedis benchRedis) {
    this.benchRedis = benchRedis;
    this.delayed = counter("persistence", "aof_delayed_fsync");
    this.preempted = Usage.preemptions(benchRedis.handle());
  }

  /** Forgets what was before. */
  public static Stalls watch(BenchRedis benchRedis) {
    set(benchRedis, "latency-monitor-threshold", EVENT_MS);
    set(benchRedis, "slowlog-log-slower-than", NOTED);
    set(benchRedis, "slowlog-max-len", NOTES_MAX);
    benchRedis.client().command("LATENCY", "RESET");
    benchRedis.client().command("SLOWLOG", "RESET");
    benchRedis.client().command("CONFIG", "RESETSTAT");
    return new Stalls(benchRedis);
  }

  /** In ms by the clock, of each script that took longer than {@value #NOTED} µs. */
  public List<Double> scripts() {
    List<?> notes = (List<?>) benchRedis.client().command("SLOWLOG", "GET", NOTES_MAX);
    return notes.stream()
        .map(note -> (List<?>) note)
        .filter(Stalls::isScript)
        .map(note -> (Long) note.get(2) / MICROS)
        .toList();
  }

  /** What Redis tells, a line each. */
  public List<String> ofRedis() {
    List<String> lines = new ArrayList<>();
    for (Object event : (List<?>) benchRedis.client().command("LATENCY", "LATEST")) {
      List<?> words = (List<?>) event;
      lines.add("Redis, longest %s: %s ms".formatted(words.get(0), words.get(3)));
    }
    lines.add(
        ("Redis: left its processor to others %,d times; %d writes held up by fsync, last fork"
                + " %.1f ms, last rewrite of its file %d s")
            .formatted(
                Usage.preemptions(benchRedis.handle()) - preempted,
                counter("persistence", "aof_delayed_fsync") - delayed,
                counter("stats", "latest_fork_usec") / MICROS,
                counter("persistence", "aof_last_rewrite_time_sec")));
    scriptsLine().ifPresent(lines::add);
    return lines;
  }

  private Optional<String> scriptsLine() {
    List<Double> slow = scripts();
    return CALLS
        .matcher((String) benchRedis.client().command("INFO", "commandstats"))
        .results()
        .findFirst()
        .map(calls -> scriptsLine(slow, calls));
  }

  private static String scriptsLine(List<Double> slow, MatchResult calls) {
    return "Redis: %s scripts of %s µs on average; longer than 1 ms %d, than 5 ms %d, longest %.1f ms"
        .formatted(
            calls.group(1),
            calls.group(2),
            slow.stream().filter(ms -> ms > 1).count(),
            slow.stream().filter(ms -> ms > 5).count(),
            slow.isEmpty() ? 0 : Percentile.of(1, slow));
  }

  /**
   * What a worker has told, a line each.
   *
   * @param log of one that was started with {@link #TOLD_BY_JVM}
   */
  public static List<String> ofWorker(String log) {
    List<MatchResult> pauses = PAUSE.matcher(log).results().toList();
    List<Double> millis = pauses.stream().map(one -> Long.parseLong(one.group(2)) / 1e6).toList();
    String text =
        millis.isEmpty()
            ? "Worker: no pause of its JVM"
            : "Worker: %d pauses of its JVM, p99 %.1f ms, longest %.1f ms"
                .formatted(millis.size(), Percentile.of(0.99, millis), Percentile.of(1, millis));
    long blocked = BLOCKED.matcher(log).results().count();
    return List.of(text + (blocked > 0 ? "; threads blocked for seconds: " + blocked : ""));
  }

  private static boolean isScript(List<?> note) {
    return ((List<?>) note.get(3)).get(0).toString().toUpperCase(Locale.ROOT).startsWith("EVAL");
  }

  private long counter(String section, String name) {
    String info = (String) benchRedis.client().command("INFO", section);
    return Pattern.compile(name + ":(-?\\d+)")
        .matcher(info)
        .results()
        .mapToLong(found -> Long.parseLong(found.group(1)))
        .findFirst()
        .orElse(0);
  }

  private static void set(BenchRedis benchRedis, String setting, int value) {
    benchRedis.client().command("CONFIG", "SET", setting, value);
  }
}
