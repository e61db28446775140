package dev.postrider.bench.process;

import dev.postrider.support.redis.RedisClient;
import dev.postrider.support.redis.RedisProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Redis of its own for one round; it writes to disk every second. */
public final class BenchRedis implements AutoCloseable {

  private static final Duration QUIET_MAX = Duration.ofMinutes(10);
  private static final Pattern PID = Pattern.compile("process_id:(\\d+)");
  private static final Pattern MEMORY = Pattern.compile("used_memory:(\\d+)");

  /** Commands of one write. */
  private static final int CHUNK = 1_000;

  private final RedisProcess server = RedisProcess.startInstalled();
  private final RedisClient client = server.client();
  private final ProcessHandle handle =
      ProcessHandle.of(Long.parseLong(info("server", PID))).orElseThrow();

  public int port() {
    return server.port();
  }

  public String url() {
    return server.url();
  }

  /** One connection, for one thread. */
  public RedisClient client() {
    return client;
  }

  /** A further connection; the caller closes it. */
  public RedisClient connect() {
    return server.client();
  }

  public ProcessHandle handle() {
    return handle;
  }

  /** Runs so many commands, many at a time, and looks at each reply. */
  public void load(int commands, IntFunction<List<Object>> command) {
    for (int start = 0; start < commands; start += CHUNK) {
      List<List<Object>> chunk = new ArrayList<>(CHUNK);
      for (int i = start; i < Math.min(commands, start + CHUNK); i++) {
        chunk.add(command.apply(i));
      }
      client.pipeline(chunk).forEach(BenchRedis::mustBeGood);
    }
  }

  /** Waits until it no longer rewrites its file on disk. */
  public void awaitQuiet() throws Exception {
    WaitTimes.until(this::quiet, QUIET_MAX, "Redis is not done with its file");
  }

  /** Bytes it keeps its data in. */
  public long memory() {
    return Long.parseLong(info("memory", MEMORY));
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }

  private boolean quiet() {
    String persistence = (String) client.command("INFO", "persistence");
    return persistence.contains("aof_rewrite_in_progress:0")
        && persistence.contains("aof_rewrite_scheduled:0");
  }

  private String info(String section, Pattern pattern) {
    Matcher matcher = pattern.matcher((String) client.command("INFO", section));
    if (!matcher.find()) {
      throw new IllegalStateException("Redis does not tell " + pattern);
    }
    return matcher.group(1);
  }

  private static void mustBeGood(Object reply) {
    if (reply instanceof RedisClient.RedisError error) {
      throw error;
    }
  }
}
