package dev.postrider.dev.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.redis.RedisClient;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DevRedisTest {

  /** No process ever has this number. */
  private static final ProcessIdentity GONE = new ProcessIdentity(Integer.MAX_VALUE, Instant.EPOCH);

  @TempDir Path directory;

  @AfterEach
  void end() throws Exception {
    ProcessHandle server = lock().server().process().orElse(null);
    if (server != null) {
      server.destroyForcibly();
      server.onExit().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void is_the_same_server_after_a_live_reload() {
    int port = new DevRedis(directory).port();
    RedisLockFile first = lock();
    assertEquals(port, new DevRedis(directory).port());
    assertEquals(first, lock());
  }

  @Test
  void takes_over_the_server_that_a_killed_process_left_behind() {
    int port = new DevRedis(directory).port();
    new RedisLockFile(lock().server(), port, GONE).write(directory);
    assertEquals(port, new DevRedis(directory).port());
    assertTrue(lock().owner().isThisProcess());
  }

  @Test
  void does_not_share_the_server_of_another_living_process() {
    int port = new DevRedis(directory).port();
    ProcessIdentity other = ProcessIdentity.of(ProcessHandle.current().parent().orElseThrow());
    new RedisLockFile(lock().server(), port, other).write(directory);
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> new DevRedis(directory).port());
    assertTrue(refused.getMessage().contains("process " + other.pid()), refused.getMessage());
  }

  @Test
  void starts_again_with_its_data_when_the_server_is_gone() throws Exception {
    try (RedisClient client = RedisClient.connect(new DevRedis(directory).port())) {
      client.command("SET", "kept", "yes");
    }
    end();
    try (RedisClient client = RedisClient.connect(new DevRedis(directory).port())) {
      assertEquals("yes", client.command("GET", "kept"));
    }
  }

  @Test
  void does_not_trust_a_lock_file_that_names_another_process() {
    ProcessIdentity me = ProcessIdentity.of(ProcessHandle.current());
    new RedisLockFile(me, 1, me).write(directory);
    new DevRedis(directory).port();
    assertFalse(lock().server().isThisProcess());
  }

  private RedisLockFile lock() {
    return RedisLockFile.in(directory).orElseThrow();
  }
}
