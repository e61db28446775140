package dev.postrider.redis.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.redis.Durability;
import dev.postrider.support.Loop;
import dev.postrider.support.redis.RedisProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real server says of itself, and what is made of it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ServerInfoTest {

  private static ServerInfo factsOf(String... options) {
    try (RedisProcess server = RedisProcess.start(options);
        Loop loop = Loop.at(server.port())) {
      return loop.await(new ServerInfoReader(loop.link())::read);
    }
  }

  @Test
  void are_read_from_a_server_that_keeps_nothing() {
    ServerInfo facts = factsOf("--maxmemory", "64mb");
    assertTrue(facts.version().matches("[67]\\..*"), facts.version());
    assertEquals("noeviction", facts.memory().policy());
    assertEquals(64 * 1024 * 1024, facts.memory().max());
    assertTrue(facts.memory().used() > 0);
    assertEquals(new ServerInfo.Replication("master", 0, false), facts.replication());
    assertEquals(Durability.SNAPSHOTS, facts.durability());
    assertTrue(facts.clockAhead().abs().compareTo(Duration.ofSeconds(10)) < 0, "the same machine");
    assertEquals(Optional.empty(), facts.rejection());
    assertEquals(List.of(), facts.warnings());
  }

  @Test
  void tell_how_often_the_server_writes_to_disk() {
    assertEquals(
        Durability.EVERY_SECOND,
        factsOf("--appendonly", "yes", "--appendfsync", "everysec").durability());
    assertEquals(
        Durability.ALWAYS, factsOf("--appendonly", "yes", "--appendfsync", "always").durability());
    assertEquals(
        Durability.UNTIMED, factsOf("--appendonly", "yes", "--appendfsync", "no").durability());
  }

  @Test
  void tell_that_writes_wait_for_replicas() {
    ServerInfo facts = factsOf("--appendonly", "yes", "--min-replicas-to-write", "1");
    assertEquals(Durability.REPLICATED, facts.durability());
    assertEquals("L4", facts.durability().level());
  }

  @Test
  void tell_that_the_server_would_throw_mail_away() {
    String reason = factsOf("--maxmemory-policy", "allkeys-lru").rejection().orElseThrow();
    assertTrue(reason.contains("maxmemory-policy is allkeys-lru"), reason);
    assertTrue(reason.contains("noeviction"), "the next step: " + reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.0.20", "5.0.14", "6.1.240", "3.2"})
  void refuse_a_server_that_is_too_old(String version) {
    String reason = facts("redis_version", version).rejection().orElseThrow();
    assertTrue(reason.contains(version + " is too old"), reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.2.0", "7.0.15", "8.4.1", "255.255.255", "10.0"})
  void accept_a_server_that_is_new_enough(String version) {
    assertEquals(Optional.empty(), facts("redis_version", version).rejection());
  }

  @ParameterizedTest
  @CsvSource({
    "redis_version, Its version is unknown",
    "maxmemory_policy, Its maxmemory-policy is unknown",
  })
  void warn_of_what_a_managed_server_does_not_say(String name, String warning) {
    ServerInfo facts = facts(name, "");
    assertEquals(Optional.empty(), facts.rejection());
    assertEquals(1, facts.warnings().size());
    assertTrue(facts.warnings().get(0).contains(warning), facts.warnings().get(0));
  }

  @Test
  void doubt_a_server_whose_disk_is_full() {
    assertEquals(1, facts("aof_last_write_status", "err").warnings().size());
    assertEquals(1, facts("rdb_last_bgsave_status", "err").warnings().size());
  }

  @Test
  void assume_the_usual_where_the_policy_is_not_known() {
    assertEquals(Durability.EVERY_SECOND, facts("aof_enabled", "1").durability());
  }

  private static ServerInfo facts(String name, String value) {
    Map<String, String> info = new HashMap<>();
    info.put("redis_version", "7.0.15");
    info.put("maxmemory_policy", "noeviction");
    info.put(name, value);
    return ServerInfo.of(info, Optional.empty(), Duration.ZERO);
  }
}
