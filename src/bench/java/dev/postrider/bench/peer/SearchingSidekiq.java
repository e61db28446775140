package dev.postrider.bench.peer;

import dev.postrider.bench.process.Service;
import dev.postrider.bench.process.Store;
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
  public void fill(Store store, int mails) {
    new SidekiqSet(store).fill(depth, TOPIC);
    new Sidekiq().fill(store, mails);
  }

  @Override
  public Service start(Store store, int sink) {
    Map<String, String> settings = new HashMap<>(Sidekiq.settings(store, sink));
    settings.put("SEARCHES", "yes");
    return Sidekiq.start(settings);
  }

  @Override
  public long left(Store store) {
    return new Sidekiq().left(store);
  }
}
