package dev.postrider.redis.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.redis.runtime.client.config.RedisClientConfig;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What Postrider needs of the Redis client beyond its public interfaces. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ClientInternalsTest {

  private static final String CHECKED_VERSION = "4.5.27";

  @Test
  void were_checked_against_this_version_of_vertx() throws IOException {
    Properties properties = new Properties();
    String file = "/META-INF/maven/io.vertx/vertx-redis-client/pom.properties";
    try (InputStream in = Redis.class.getResourceAsStream(file)) {
      properties.load(in);
    }
    assertEquals(
        CHECKED_VERSION,
        properties.getProperty("version"),
        "Vert.x was upgraded: check ClientInternals, then change the version here");
  }

  @Test
  void the_first_key_of_a_command() {
    assertEquals("k", firstKey(Request.cmd(Command.GET).arg("k")));
    assertEquals("k", firstKey(Request.cmd(Command.HMGET).arg("k").arg("a").arg("b")));
    assertEquals("k", firstKey(Request.cmd(Command.EVALSHA).arg("sha").arg("1").arg("k").arg("a")));
    assertEquals(
        "k",
        firstKey(
            Request.cmd(Command.XREADGROUP)
                .arg("GROUP")
                .arg("g")
                .arg("c")
                .arg("COUNT")
                .arg("1")
                .arg("STREAMS")
                .arg("k")
                .arg(">")));
    assertEquals("", firstKey(Request.cmd(Command.PING)));
  }

  private static String firstKey(Request request) {
    return ClientInternals.firstKey(request)
        .map(key -> new String(key, StandardCharsets.UTF_8))
        .orElse("");
  }

  @Test
  void the_slot_of_a_key_by_its_hash_tag() {
    assertEquals(12_739, slot("123456789"));
    assertEquals(slot("mail:{q}:ready"), slot("mail:{q}:events"));
    assertEquals(slot("q"), slot("mail:{q}:ready"));
  }

  private static int slot(String key) {
    return ClientInternals.slot(key.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void one_server_of_a_cluster_keeps_all_other_settings() {
    RedisClientConfig cluster =
        (RedisClientConfig)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {RedisClientConfig.class},
                (proxy, method, arguments) ->
                    method.getName().equals("maxWaitingHandlers") ? 17 : null);
    URI server = URI.create("redis://10.0.0.1:6379");
    RedisClientConfig one = ClientInternals.oneServer(cluster, server);
    assertEquals(Optional.of(Set.of(server)), one.hosts());
    assertEquals(RedisClientType.STANDALONE, one.clientType());
    assertEquals(17, one.maxWaitingHandlers());
  }
}
