package dev.postrider.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;

/**
 * The wall clock of other processes, set by hand; their monotonic clock goes on. A change is seen
 * at once. It is a small library that is compiled here: without a C compiler the test is skipped.
 */
public final class FakeClock {

  private static final Path SOURCE =
      Path.of("src", "test", "resources", "clock.c").toAbsolutePath();
  private static final Duration COMPILED_WITHIN = Duration.ofSeconds(60);

  private final Path library;
  private final Path offset;

  private FakeClock(Path directory) {
    this.library = directory.resolve("clock.so");
    this.offset = directory.resolve("ahead");
  }

  /** A clock that is right for now. */
  public static FakeClock needed() {
    try {
      Path directory = Files.createTempDirectory("postrider-clock");
      FakeClock clock = new FakeClock(directory);
      clock.jump(Duration.ZERO);
      Program.needed("cc", directory)
          .run(
              COMPILED_WITHIN,
              "-shared",
              "-fPIC",
              "-O2",
              "-o",
              clock.library.toString(),
              SOURCE.toString());
      return clock;
    } catch (IOException e) {
      throw new UncheckedIOException("No place for the clock.", e);
    }
  }

  /** Lets it be this much fast, or slow if negative, from now on. */
  public void jump(Duration ahead) {
    ByteBuffer seconds = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
    seconds.putLong(ahead.toSeconds()).flip();
    try (FileChannel file =
        FileChannel.open(offset, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.write(seconds, 0);
    } catch (IOException e) {
      throw new UncheckedIOException("The clock could not be set.", e);
    }
  }

  /** Environment of a process that goes by it. */
  public Map<String, String> environment() {
    return Map.of("LD_PRELOAD", library.toString(), "CLOCK_AHEAD", offset.toString());
  }

  /** Writes a program that is another one going by this clock. */
  public void wrap(Path program, Path wrapped) {
    StringBuilder script = new StringBuilder("#!/bin/sh\n");
    environment()
        .forEach((name, value) -> script.append("export %s='%s'\n".formatted(name, value)));
    script.append("exec '%s' \"$@\"\n".formatted(program));
    try {
      Files.writeString(wrapped, script);
      Files.setPosixFilePermissions(wrapped, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException("The program could not be wrapped.", e);
    }
  }
}
