package dev.postrider.worker.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.LogRecords;
import dev.postrider.support.Loop;
import dev.postrider.support.redis.RedisProcess;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Which Redis a worker works with, and what it says of it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedisStartupCheckTest {

  private final List<Integer> exits = new CopyOnWriteArrayList<>();
  private final RedisStartupCheck contact = new RedisStartupCheck("redis.test:6379", exits::add);

  @Test
  void ends_the_worker_with_one_line_if_redis_would_throw_mail_away() {
    try (RedisProcess server = RedisProcess.start("--maxmemory-policy", "volatile-lru");
        Loop loop = Loop.at(server.port());
        LogRecords records = LogRecords.above(Level.FINE)) {
      for (int engine = 0; engine < 3; engine++) {
        assertThrows(
            IllegalStateException.class, () -> loop.await(() -> contact.check(loop.link())));
      }
      assertEquals(List.of(1), exits);
      assertEquals(1, records.messages().size(), records.messages().toString());
      assertTrue(records.messages().get(0).contains("maxmemory-policy is volatile-lru"));
    }
  }

  @Test
  void introduces_a_fit_redis_once() {
    try (RedisProcess server = RedisProcess.startDurable();
        Loop loop = Loop.at(server.port());
        LogRecords records = LogRecords.above(Level.FINE)) {
      for (int engine = 0; engine < 3; engine++) {
        loop.await(() -> contact.check(loop.link()));
      }
      assertEquals(List.of(), exits);
      assertEquals(1, records.messages().size(), records.messages().toString());
      String line = records.messages().get(0);
      assertTrue(line.contains("at redis.test:6379, durability L2:"), line);
      assertTrue(line.contains("only the loss of the disk loses mail"), line);
    }
  }
}
