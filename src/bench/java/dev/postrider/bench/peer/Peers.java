package dev.postrider.bench.peer;

import dev.postrider.support.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Where the programs of the peers lie, and whether they can run here. */
final class Peers {

  private static final Path SOURCES = Path.of("src", "bench", "peer");
  private static final int SECONDS_MAX = 180;

  private Peers() {}

  static Path source(String peer) {
    return SOURCES.resolve(peer).toAbsolutePath();
  }

  static boolean installed(String program) {
    return Program.find(program).isPresent();
  }

  static String path(String program) {
    return Program.find(program).map(Path::toString).orElse(program);
  }

  /** True if Ruby finds these libraries. */
  static boolean rubyHas(String... libraries) throws Exception {
    if (!installed("ruby")) {
      return false;
    }
    String[] wanted = Arrays.stream(libraries).map(each -> "-r" + each).toArray(String[]::new);
    List<String> command = new ArrayList<>(List.of(path("ruby")));
    command.addAll(Arrays.asList(wanted));
    command.addAll(List.of("-e", "exit 0"));
    return succeeds(Path.of("").toAbsolutePath(), command);
  }

  /** Brings a peer's libraries by npm into {@code target/bench/peers}; false if it cannot. */
  static boolean install(String peer) throws Exception {
    Path place = installedAt(peer);
    if (!installed("npm") || !installed("node")) {
      return false;
    }
    Path wanted = source(peer).resolve("package.json");
    Path there = place.resolve("node_modules").resolve(wanted.getFileName());
    boolean done = Files.exists(there) && Files.mismatch(wanted, there) < 0;
    Files.createDirectories(place);
    try (Stream<Path> files = Files.list(source(peer))) {
      for (Path file : files.toList()) {
        Files.write(place.resolve(file.getFileName()), Files.readAllBytes(file));
      }
    }
    if (!done && succeeds(place, List.of(path("npm"), "install", "--no-audit", "--no-fund"))) {
      Files.copy(wanted, there, StandardCopyOption.REPLACE_EXISTING);
      done = true;
    }
    return done;
  }

  static Path installedAt(String peer) {
    return Path.of("target", "bench", "peers", peer).toAbsolutePath();
  }

  private static boolean succeeds(Path directory, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      return false;
    }
    return process.exitValue() == 0;
  }
}
