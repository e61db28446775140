package dev.postrider.deploy;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.ForeignPrograms;
import dev.postrider.support.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The durability levels, as a real Redis understands them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Tag(ForeignPrograms.TAG)
class RedisConfigurationTest {

  private static final Duration BOUND = Duration.ofSeconds(30);

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "everysec.conf, everysec, 0",
    "always.conf, always, 0",
    "replicated.conf, everysec, 1"
  })
  void gives_the_level_that_it_is_named_after(String file, String fsync, String replicas)
      throws InterruptedException {
    Program server = Program.needed("redis-server", directory);
    Program client = Program.needed("redis-cli", directory);
    String socket = directory.resolve("redis.sock").toString();
    Process redis =
        server.start(
            Path.of("deploy/redis", file).toAbsolutePath().toString(),
            "--port",
            "0",
            "--unixsocket",
            socket,
            "--dir",
            directory.toString());
    try {
      awaitReady(server, redis);
      assertEquals("noeviction", value(client, socket, "maxmemory-policy"));
      assertEquals("yes", value(client, socket, "appendonly"));
      assertEquals(fsync, value(client, socket, "appendfsync"));
      assertEquals(replicas, value(client, socket, "min-replicas-to-write"));
    } finally {
      redis.destroy();
      assertTrue(redis.waitFor(30, TimeUnit.SECONDS), "Redis leaves");
    }
  }

  private static void awaitReady(Program server, Process redis) {
    await()
        .atMost(BOUND)
        .failFast("Redis refused the file", () -> !redis.isAlive())
        .until(() -> server.printed().contains("accept connections"));
  }

  private static String value(Program client, String socket, String key) {
    List<String> lines = client.run(BOUND, "-s", socket, "CONFIG", "GET", key).lines().toList();
    return lines.get(1);
  }
}
