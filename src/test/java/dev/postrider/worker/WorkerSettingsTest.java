package dev.postrider.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.config.Settings;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WorkerSettingsTest {

  @Test
  void divides_slots_among_engines_without_losing_one() {
    WorkerSettings plan = plan("postrider.concurrency", "10", "postrider.event-loops", "3");
    assertEquals(List.of(4, 3, 3), List.of(plan.slots(0), plan.slots(1), plan.slots(2)));
  }

  @Test
  void runs_one_engine_for_a_single_slot() {
    WorkerSettings plan = plan("postrider.concurrency", "1");
    assertEquals(1, plan.engines());
    assertEquals(1, plan.slots(0));
  }

  @Test
  void reads_queues_with_and_without_weights() {
    WorkerSettings plan = plan("postrider.queues", "default=3, bulk=1,news.2026_a-b");
    assertEquals(List.of("default", "bulk", "news.2026_a-b"), plan.queues());
    assertEquals(Map.of("default", 3, "bulk", 1, "news.2026_a-b", 1), plan.weights());
  }

  @Test
  void names_each_boot_differently() {
    assertNotEquals(plan("postrider.name", "w").name(), plan("postrider.name", "w").name());
    assertTrue(plan("postrider.name", "w").name().startsWith("w-"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          postrider.concurrency                | 0
          postrider.concurrency                | -1
          postrider.event-loops                | 0
          postrider.event-loops                | 1000
          postrider.queues                     | Default
          postrider.queues                     | a{b}
          postrider.queues                     | default=0
          postrider.queues                     | default=x
          postrider.queues                     | default=1001
          postrider.queues                     | default,default=2
          postrider.key-prefix                 | a{b
          postrider.key-prefix                 | a b
          postrider.name                       | a"b
          postrider.retry.attempts             | 0
          postrider.retry.first-delay          | 0s
          postrider.retry.max-delay            | -1s
          postrider.retry.connection-first-delay | 0s
          postrider.retry.connection-max-delay | 0s
          postrider.idempotency.keep           | 0s
          postrider.lease.time                 | 10ms
          postrider.shutdown.drain             | -1s
          postrider.events.max-length          | -1
          postrider.history.max-mails          | -1
          postrider.dead.max-length            | 0
          postrider.connections-per-route      | 0
          postrider.limits.mail-size           | 4G
          """)
  void names_the_setting_that_makes_no_sense(String key, String value) {
    ConfigurationException refusal =
        assertThrows(ConfigurationException.class, () -> plan(key, value));
    assertTrue(refusal.getMessage().contains(key), refusal.getMessage());
  }

  private static WorkerSettings plan(String... pairs) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      values.put(pairs[i], pairs[i + 1]);
    }
    return new WorkerSettings(
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withConverter(
                io.quarkus.runtime.configuration.MemorySize.class, 100, new MemorySizeConverter())
            .withConverter(
                java.time.Duration.class,
                100,
                new io.quarkus.runtime.configuration.DurationConverter())
            .withMapping(Settings.class)
            .withSources(new PropertiesConfigSource(values, "test", 100))
            .build()
            .getConfigMapping(Settings.class));
  }
}
