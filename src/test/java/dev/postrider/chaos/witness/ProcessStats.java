package dev.postrider.chaos.witness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process holds of the machine, as Linux tells it.
 *
 * @param files open file descriptors, connections among them
 * @param threads running
 * @param kibibytes resident
 */
public record ProcessStats(long files, long threads, long kibibytes) {

  public static ProcessStats of(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    try (Stream<Path> files = Files.list(process.resolve("fd"))) {
      return new ProcessStats(
          files.count(), number(process, "Threads:"), number(process, "VmRSS:"));
    } catch (IOException e) {
      throw new UncheckedIOException("The process cannot be looked at.", e);
    }
  }

  private static long number(Path process, String name) throws IOException {
    return Files.readAllLines(process.resolve("status")).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }
}
