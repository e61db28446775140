package dev.postrider.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postrider.support.ForeignPrograms;
import dev.postrider.support.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service of one machine: time to drain, and locked away from everything else. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Tag(ForeignPrograms.TAG)
class ServiceUnitTest {

  private static final Path UNIT = Path.of("deploy/systemd/postrider.service");
  private static final int DRAIN_SECONDS = 25;

  @TempDir Path directory;

  @Test
  void has_time_to_drain() throws IOException {
    assertTrue(Integer.parseInt(value("TimeoutStopSec")) > DRAIN_SECONDS);
    assertEquals("SIGTERM", value("KillSignal"));
    assertEquals("on-failure", value("Restart"));
  }

  @Test
  void may_use_the_network_and_nothing_else() throws IOException {
    assertEquals("", value("CapabilityBoundingSet"));
    assertEquals("strict", value("ProtectSystem"));
    for (String lock : List.of("DynamicUser", "NoNewPrivileges", "PrivateTmp", "ProtectHome")) {
      assertEquals("yes", value(lock), lock);
    }
  }

  @Test
  void systemd_understands_every_line() {
    Program systemd = Program.needed("systemd-analyze", directory);
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/java")), "systemd looks for /usr/bin/java, too");
    String said = systemd.run(Duration.ofMinutes(1), "verify", UNIT.toAbsolutePath().toString());
    assertEquals(List.of(), said.lines().filter(line -> line.contains("postrider")).toList());
  }

  /** From 0, which is locked away, to 100; most services are above 90. */
  @Test
  void systemd_calls_it_well_locked() {
    Program.needed("systemd-analyze", directory)
        .run(
            Duration.ofMinutes(1),
            "security",
            "--offline=true",
            "--threshold=20",
            UNIT.toAbsolutePath().toString());
  }

  private static String value(String key) throws IOException {
    return Files.readString(UNIT)
        .lines()
        .filter(line -> line.startsWith(key + "="))
        .map(line -> line.substring(key.length() + 1))
        .findFirst()
        .orElseThrow(() -> new AssertionError(key + " is missing"));
  }
}
