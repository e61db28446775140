package dev.postrider.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a process and those it started have used, as Linux counts it under {@code /proc}. */
public final class Usage {

  /** On every Linux that Java runs on. */
  private static final long NANOS_PER_TICK = 10_000_000;

  /** User time; system time and both times of ended children follow (proc(5), fields 14 to 17). */
  private static final int FIRST_TIME = 11;

  private static final int TIMES = 4;
  private static final long KIB = 1_024;

  private Usage() {}

  /** CPU time so far, that of ended children included, in steps of 10 ms. */
  public static long cpuNanos(ProcessHandle process) {
    return tree(process).mapToLong(Usage::ticks).sum() * NANOS_PER_TICK;
  }

  /** The most memory that was resident at once, in bytes. */
  public static long peakBytes(ProcessHandle process) {
    return tree(process).mapToLong(one -> status(one, "VmHWM:")).sum() * KIB;
  }

  /** Threads now. */
  public static long threads(ProcessHandle process) {
    return tree(process).mapToLong(one -> status(one, "Threads:")).sum();
  }

  /** How often its first thread had to leave its processor to others so far. */
  public static long preemptions(ProcessHandle process) {
    return status(process, "nonvoluntary_ctxt_switches:");
  }

  private static Stream<ProcessHandle> tree(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants());
  }

  private static long ticks(ProcessHandle process) {
    List<String> stat = lines(process, "stat");
    if (stat.isEmpty()) {
      return 0;
    }
    String line = stat.get(0);
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
    return Stream.of(fields).skip(FIRST_TIME).limit(TIMES).mapToLong(Long::parseLong).sum();
  }

  private static long status(ProcessHandle process, String name) {
    return lines(process, "status").stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  /** None if it has just ended. */
  private static List<String> lines(ProcessHandle process, String file) {
    try {
      return Files.readAllLines(Path.of("/proc", "" + process.pid(), file));
    } catch (NoSuchFileException ended) {
      return List.of();
    } catch (IOException e) {
      if (!process.isAlive()) {
        return List.of();
      }
      throw new UncheckedIOException("What process " + process.pid() + " uses is unknown.", e);
    }
  }
}
