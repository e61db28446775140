package dev.postrider.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.redis.RedisClient;
import dev.postrider.support.redis.RedisProcess;
import dev.postrider.support.smtp.Sink;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceManager;
import io.quarkus.test.common.WithTestResource;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@WithTestResource(value = Backends.class, initArgs = @ResourceArg(name = "durable", value = "true"))
class BackendsTest {

  /** Filled by type, as in any Quarkus test. */
  private RedisProcess redis;

  private Sink sink;

  @Test
  void points_the_application_to_a_redis_and_a_sink_that_the_test_holds() throws IOException {
    try (TestResourceManager manager = new TestResourceManager(BackendsTest.class)) {
      manager.init("test");
      Map<String, String> configuration = manager.start();
      manager.inject(this);
      assertEquals(redis.url(), configuration.get("quarkus.redis.hosts"));
      assertEquals(Integer.toString(sink.port()), configuration.get("quarkus.mailer.port"));
      assertEquals("false", configuration.get("quarkus.mailer.mock"));
      assertTrue(PlainSocket.connect(sink.port()).reply().startsWith("220"));
      try (RedisClient client = redis.client()) {
        assertEquals(
            List.of("appendfsync", "always"), client.command("CONFIG", "GET", "appendfsync"));
      }
    }
  }
}
