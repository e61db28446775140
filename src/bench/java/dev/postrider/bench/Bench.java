package dev.postrider.bench;

import dev.postrider.bench.part.ComposeBench;
import dev.postrider.bench.part.DecodeBench;
import dev.postrider.bench.part.MetricsBench;
import dev.postrider.bench.part.MicroBench;
import dev.postrider.bench.queue.BurstRow;
import dev.postrider.bench.queue.DrainRow;
import dev.postrider.bench.queue.EnqueueRow;
import dev.postrider.bench.queue.FairnessRow;
import dev.postrider.bench.queue.InFlightRow;
import dev.postrider.bench.queue.RemoteRow;
import dev.postrider.bench.queue.ScaleRow;
import dev.postrider.bench.queue.ScheduleRow;
import dev.postrider.bench.queue.StartRow;
import dev.postrider.bench.queue.StoryRow;
import dev.postrider.bench.queue.VoidRow;
import dev.postrider.bench.sender.SenderBench;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs a benchmark by its name, or all workloads; without a name it lists them. */
public final class Bench {

  private static final Path RESULTS = Path.of("target", "bench");
  private static final String ALL = "all";

  private interface Program {
    void run(String[] arguments) throws Exception;
  }

  private record Part(String purpose, Program program) {}

  private record Workload(String purpose, Row row) {}

  private static final Map<String, Workload> WORKLOADS = workloads();

  private static final Map<String, Part> PARTS =
      Map.of(
          "compose", new Part("turning a mail into bytes [composer]", ComposeBench::main),
          "decode", new Part("reading a mail from its JSON", DecodeBench::main),
          "micro", new Part("the small parts, by JMH [options of JMH]", MicroBench::main),
          "meters", new Part("counting a mail for the metrics", MetricsBench::main),
          "sender", new Part("the SMTP sender against others [rounds]", SenderBench::main));

  private Bench() {}

  /**
   * Takes the name and what the benchmark itself takes, as one argument or as several. Ends with
   * status 1 if a workload failed; the others ran nevertheless.
   */
  public static void main(String[] arguments) throws Exception {
    String[] words = String.join(" ", arguments).trim().split(" +");
    String[] rest = Arrays.copyOfRange(words, 1, words.length);
    if (words[0].equals(ALL)) {
      run(WORKLOADS.keySet(), new Sizes(rest));
    } else if (WORKLOADS.containsKey(words[0])) {
      run(Set.of(words[0]), new Sizes(rest));
    } else if (PARTS.containsKey(words[0])) {
      PARTS.get(words[0]).program().run(rest);
    } else {
      list();
    }
  }

  private static Map<String, Workload> workloads() {
    Map<String, Workload> rows = new LinkedHashMap<>();
    rows.put("drain", new Workload("200,000 waiting mails, beside other workers", new DrainRow()));
    rows.put(
        "flight",
        new Workload("10,000 mails in flight to a server that takes a second", new InFlightRow()));
    rows.put("remote", new Workload("a server 50 ms away, 64 connections", new RemoteRow()));
    rows.put(
        "schedule",
        new Workload(
            "10,000,000 scheduled mails: memory, promotion, other mail", new ScheduleRow()));
    rows.put(
        "void", new Workload("1,000,000 scheduled mails that are no longer wanted", new VoidRow()));
    rows.put("burst", new Workload("1,000,000 mails due at the same instant", new BurstRow()));
    rows.put(
        "fairness",
        new Workload("1,000,000 mails in one queue, a few in another", new FairnessRow()));
    rows.put("scale", new Workload("two workers, and a Redis Cluster", new ScaleRow()));
    rows.put("start", new Workload("from the start to the first mail", new StartRow()));
    rows.put("enqueue", new Workload("mail by the HTTP API and by XADD", new EnqueueRow()));
    rows.put(
        "story",
        new Workload("from a fork for each mail to Postrider, step by step", new StoryRow()));
    return rows;
  }

  /** One after the other; what was measured is written before the next begins. */
  private static void run(Collection<String> names, Sizes sizes) throws IOException {
    List<String> failed = new ArrayList<>();
    Instant start = Instant.now();
    int number = 0;
    for (String name : names) {
      System.out.printf(
          "%n## %s: %s (%d of %d, after %d s)%n%n",
          name,
          WORKLOADS.get(name).purpose(),
          ++number,
          names.size(),
          Duration.between(start, Instant.now()).toSeconds());
      if (!run(name, sizes)) {
        failed.add(name);
      }
    }
    sizes.mustAllBeKnown();
    if (!failed.isEmpty()) {
      System.out.println("Failed: " + String.join(", ", failed));
      System.exit(1); // What a failed row has left open must not keep the program alive.
    }
  }

  /** False if it failed; what it had measured by then is written. */
  private static boolean run(String name, Sizes sizes) throws IOException {
    Report report = new Report();
    boolean done = false;
    try {
      WORKLOADS.get(name).row().measure(sizes, report);
      done = true;
    } catch (Exception failure) {
      failure.printStackTrace();
      report.skip(name, "failed: " + failure.getMessage());
    }
    report.print(System.out);
    report.write(RESULTS, name);
    return done;
  }

  private static void list() {
    System.out.println(
        "Choose a benchmark with -Dbench=<name>, with \"-Dbench=<name> tiny\" to try");
    System.out.println("it, or with \"-Dbench=<name> <size>=<number>\":");
    PARTS.forEach((name, part) -> System.out.printf("  %-9s %s%n", name, part.purpose()));
    WORKLOADS.forEach((name, row) -> System.out.printf("  %-9s %s%n", name, row.purpose()));
    System.out.printf("  %-9s %s%n", ALL, "all workloads, one after the other");
  }
}
