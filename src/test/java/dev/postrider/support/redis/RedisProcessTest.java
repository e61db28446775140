package dev.postrider.support.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedisProcessTest {

  @Test
  void keeps_every_acknowledged_write_over_a_kill() {
    try (RedisProcess redis = RedisProcess.startDurable()) {
      int port = redis.port();
      try (RedisClient client = redis.client()) {
        client.command("XADD", "s", "1-1", "mail", "{}");
      }
      redis.kill9();
      assertThrows(UncheckedIOException.class, redis::client);
      redis.restart();
      assertEquals(port, redis.port());
      try (RedisClient client = redis.client()) {
        assertEquals(1L, client.number("XLEN", "s"));
      }
    }
  }

  @Test
  void forgets_all_over_a_restart_unless_told_otherwise() {
    try (RedisProcess redis = RedisProcess.start()) {
      try (RedisClient client = redis.client()) {
        client.command("SET", "k", "v");
      }
      redis.restart();
      try (RedisClient client = redis.client()) {
        assertNull(client.command("GET", "k"));
      }
    }
  }

  @Test
  void a_client_reads_every_kind_of_reply() {
    try (RedisProcess redis = RedisProcess.start();
        RedisClient client = redis.client()) {
      byte[] value = "\u00e4\r\n$5".getBytes(StandardCharsets.UTF_8);
      assertEquals("OK", client.command("SET", "k", value));
      assertEquals("\u00e4\r\n$5", client.command("GET", "k"));
      List<Object> replies =
          client.pipeline(
              List.of(List.of("INCR", "n"), List.of("INCR", "k"), List.of("MGET", "n", "none")));
      assertEquals(1L, replies.get(0));
      assertInstanceOf(RedisClient.RedisError.class, replies.get(1));
      assertEquals(Arrays.asList("1", null), replies.get(2));
      assertThrows(RedisClient.RedisError.class, () -> client.command("EVALSHA", "x", 0));
      redis.flush();
      assertEquals(0L, client.number("DBSIZE"));
    }
  }

  @Test
  void takes_options_as_on_the_command_line() {
    try (RedisProcess redis = RedisProcess.start("--maxmemory-policy", "noeviction");
        RedisClient client = redis.client()) {
      assertEquals(
          List.of("maxmemory-policy", "noeviction"),
          client.command("CONFIG", "GET", "maxmemory-policy"));
    }
  }

  @Test
  void many_servers_start_at_once() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<String>> starts = Collections.nCopies(16, RedisProcessTest::startAndPing);
      for (Future<String> answer : threads.invokeAll(starts, 60, TimeUnit.SECONDS)) {
        assertEquals("PONG", answer.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static String startAndPing() {
    try (RedisProcess redis = RedisProcess.start();
        RedisClient client = redis.client()) {
      return (String) client.command("PING");
    }
  }
}
