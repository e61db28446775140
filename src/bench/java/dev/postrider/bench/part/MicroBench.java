package dev.postrider.bench.part;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs the micro-benchmarks of {@code src/bench/micro} by JMH, which starts a JVM for each and
 * writes {@code target/bench/micro.json}.
 */
public final class MicroBench {

  private static final Path RESULT = Path.of("target", "bench", "micro.json");

  /** Enough for figures of a few percent within two minutes. */
  private static final List<String> USUAL =
      List.of("-f", "2", "-wi", "3", "-i", "5", "-w", "1", "-r", "1", "-prof", "gc");

  /** Only to see that they run. */
  private static final List<String> TINY = List.of("-f", "1", "-wi", "0", "-i", "1", "-r", "10ms");

  private MicroBench() {}

  /** Argument: {@code tiny}, or options of JMH. */
  public static void main(String[] arguments) throws Exception {
    List<String> given = new ArrayList<>(Arrays.asList(arguments));
    boolean tiny = given.remove("tiny");
    Files.createDirectories(RESULT.getParent());
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.openjdk.jmh.Main"));
    command.addAll(tiny ? TINY : USUAL);
    command.addAll(List.of("-rf", "json", "-rff", RESULT.toString()));
    command.addAll(given);
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IllegalStateException("JMH ended with " + status);
    }
  }
}
