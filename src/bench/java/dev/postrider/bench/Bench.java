package dev.postrider.bench;

import java.util.Map;
import java.util.TreeMap;

/** Runs a benchmark by its name; without one it lists them all. */
public final class Bench {

  private interface Program {
    void run(String[] arguments) throws Exception;
  }

  private record Entry(String purpose, Program program) {}

  private static final Map<String, Entry> ENTRIES =
      new TreeMap<>(
          Map.of(
              "compose", new Entry("turning a mail into bytes [composer]", ComposeBench::main),
              "decode", new Entry("reading a mail from its JSON", DecodeBench::main),
              "meters", new Entry("counting a mail for the metrics", MetersBench::main),
              "sender", new Entry("the SMTP sender against others [rounds]", SenderBench::main)));

  private Bench() {}

  /** Takes the name and what the benchmark itself takes, as one argument or as several. */
  public static void main(String[] arguments) throws Exception {
    String[] words = String.join(" ", arguments).trim().split(" ", 2);
    Entry entry = ENTRIES.get(words[0]);
    if (entry == null) {
      System.out.println("Choose a benchmark with -Dbench=<name>:");
      ENTRIES.forEach((name, each) -> System.out.printf("  %-8s %s%n", name, each.purpose()));
    } else {
      entry.program().run(words.length > 1 ? new String[] {words[1]} : new String[0]);
    }
  }
}
