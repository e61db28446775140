package dev.postrider.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The JDKs that lie beside the one that runs the benchmark. */
public final class Jdk {

  private Jdk() {}

  /** The feature release that runs this. */
  public static int ownVersion() {
    return Runtime.version().feature();
  }

  /** One of a feature release, if there is any. */
  public static Optional<Path> find(int feature) throws IOException {
    Path own = Path.of(System.getProperty("java.home")).toRealPath();
    try (Stream<Path> all = Files.list(own.getParent())) {
      return all.filter(jdk -> is(jdk, feature)).sorted().findFirst();
    }
  }

  private static boolean is(Path jdk, int feature) {
    Path release = jdk.resolve("release");
    if (!Files.isExecutable(jdk.resolve("bin").resolve("java")) || !Files.exists(release)) {
      return false;
    }
    try {
      return Files.readString(release).contains("JAVA_VERSION=\"" + feature + ".")
          || Files.readString(release).contains("JAVA_VERSION=\"" + feature + "\"");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
