package dev.postrider.bench.peer;

import dev.postrider.bench.process.BenchRedis;
import dev.postrider.bench.process.Service;
import java.util.HashMap;
import java.util.Map;

/**
 * Sidekiq where each mail first searches the scheduled set for what it makes void, and removes it.
 *
 * @param depth entries in the set at the start
 */
public record SearchingSidekiq(int depth) implements Runner {

  private static final String TOPIC = "reminder";

  @Override
  public String name() {
    return "threads, a set of %,d searched".formatted(depth);
  }

  @Override
  public void fill(BenchRedis benchRedis, int mails) {
    new SidekiqSet(benchRedis).fill(depth, TOPIC);
    new Sidekiq().fill(benchRedis, mails);
  }

  @Override
  public Service start(BenchRedis benchRedis, int sink) {
    Map<String, String> settings = new HashMap<>(Sidekiq.settings(benchRedis, sink));
    settings.put("SEARCHES", "yes");
    return Sidekiq.start(settings);
  }

  @Override
  public long left(BenchRedis benchRedis) {
    return new Sidekiq().left(benchRedis);
  }
}
