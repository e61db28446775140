package dev.postrider.worker;

import dev.postrider.support.Backends;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** A worker that loses no time: short delays, a short lease, two loops. */
public class FastWorkerProfile implements QuarkusTestProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.ofEntries(
        Map.entry("postrider.queues", "default=3,bulk=1,faulty"),
        Map.entry("postrider.concurrency", "16"),
        Map.entry("postrider.event-loops", "2"),
        Map.entry("postrider.lease.time", "2s"),
        Map.entry("postrider.retry.first-delay", "50ms"),
        Map.entry("postrider.retry.max-delay", "200ms"),
        Map.entry("postrider.retry.attempts", "4"),
        Map.entry("postrider.retry.connection-first-delay", "50ms"),
        Map.entry("postrider.retry.connection-max-delay", "200ms"),
        Map.entry("postrider.shutdown.drain", "2s"));
  }

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(
        new TestResourceEntry(Backends.class, Map.of("durable", "true")),
        new TestResourceEntry(ExtraRoutes.class));
  }
}
