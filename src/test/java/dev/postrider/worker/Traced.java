package dev.postrider.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A worker that loses no time, tells a collector of its attempts, and writes its log as JSON. */
public final class Traced extends FastWorkerProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
    settings.put("quarkus.log.console.json.enabled", "true");
    settings.put("quarkus.log.category.\"dev.postrider\".level", "DEBUG");
    return settings;
  }

  @Override
  public List<TestResourceEntry> testResources() {
    List<TestResourceEntry> all = new ArrayList<>(super.testResources());
    all.add(new TestResourceEntry(Collector.class));
    return all;
  }
}
