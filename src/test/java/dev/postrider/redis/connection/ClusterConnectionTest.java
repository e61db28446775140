package dev.postrider.redis.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.redis.RedisError;
import dev.postrider.redis.Script;
import dev.postrider.support.Loop;
import dev.postrider.support.redis.RedisClient;
import dev.postrider.support.redis.RedisCluster;
import dev.postrider.support.redis.RedisProcess;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A link to a real cluster whose slots move while it is used. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public class ClusterConnectionTest {

  private static final Script PROMOTE = Script.named("promote");

  private static RedisCluster cluster;

  private Loop loop;
  private String queue;
  private long slot;
  private RedisProcess from;
  private RedisProcess to;
  private RedisClient source;
  private RedisClient target;

  @BeforeAll
  static void startCluster() {
    cluster = RedisCluster.start();
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @BeforeEach
  void open() {
    loop = Loop.at(cluster);
    queue = cluster.queueAt(0);
    slot = cluster.slot(key("ready"));
    from = cluster.nodes().get(0);
    to = cluster.nodes().get(1);
    source = from.client();
    target = to.client();
  }

  @AfterEach
  void close() {
    source.command("CLUSTER", "SETSLOT", slot, "NODE", cluster.id(from));
    target.command("CLUSTER", "SETSLOT", slot, "NODE", cluster.id(from));
    source.command("FLUSHALL");
    source.close();
    target.close();
    loop.close();
  }

  @Test
  void reaches_every_master() {
    for (int master = 0; master < 3; master++) {
      String key = "mail:{" + cluster.queueAt(master) + "}:paused";
      send(Command.SET, key, "yes");
      assertEquals("yes", send(Command.GET, key).toString());
      send(Command.DEL, key);
    }
    assertEquals("PONG", send(Command.PING).toString());
    assertTrue(loop.link().isConnected());
  }

  @Test
  void finds_the_server_of_a_command_whose_key_it_does_not_see() {
    for (int master = 0; master < 3; master++) {
      String key = "mail:{" + cluster.queueAt(master) + "}:ready";
      send(Command.XGROUP, "CREATE", key, "postrider", "0", "MKSTREAM");
      assertEquals(0, send(Command.XINFO, "CONSUMERS", key, "postrider").size());
      send(Command.DEL, key);
    }
  }

  @Test
  void follows_a_slot_that_has_moved() {
    send(Command.SET, key("paused"), "yes");
    source.command("DEL", key("paused"));
    target.command("CLUSTER", "SETSLOT", slot, "NODE", cluster.id(to));
    source.command("CLUSTER", "SETSLOT", slot, "NODE", cluster.id(to));
    send(Command.SET, key("paused"), "moved");
    assertEquals("moved", target.command("GET", key("paused")));
    target.command("DEL", key("paused"));
  }

  @Test
  void asks_where_a_key_went_while_its_slot_moves() {
    beginToMove();
    send(Command.SET, key("paused"), "asked");
    assertEquals("asked", send(Command.GET, key("paused")).toString());
    assertEquals("asked", target.pipeline(List.of(asking(), get(key("paused")))).get(1));
  }

  @Test
  void waits_while_the_keys_of_one_command_are_at_two_servers() {
    source.command("ZADD", key("schedule"), "99999999999999", "later");
    beginToMove();
    CompletableFuture<Response> promoted = loop.subscribe(() -> promote().run(loop.link()));
    source.command("MIGRATE", "127.0.0.1", to.port(), key("schedule"), 0, 5_000);
    target.command("CLUSTER", "SETSLOT", slot, "NODE", cluster.id(to));
    source.command("CLUSTER", "SETSLOT", slot, "NODE", cluster.id(to));
    assertEquals(99_999_999_999_999L, Loop.join(promoted).get(1).toLong());
    target.command("DEL", key("schedule"));
  }

  @Test
  void gives_up_on_keys_that_stay_apart() {
    source.command("ZADD", key("schedule"), "1", "first");
    beginToMove();
    ErrorType apart =
        assertThrows(ErrorType.class, () -> loop.await(() -> promote().run(loop.link())));
    assertEquals(RedisError.TRYAGAIN, RedisError.of(apart));
    source.command("CLUSTER", "SETSLOT", slot, "STABLE");
  }

  @Test
  void tells_that_no_server_has_a_slot() {
    source.command("CLUSTER", "DELSLOTS", slot);
    ErrorType noServer = assertThrows(ErrorType.class, () -> send(Command.GET, key("paused")));
    source.command("CLUSTER", "ADDSLOTS", slot);
    assertEquals(RedisError.CLUSTERDOWN, RedisError.of(noServer));
    assertEquals(null, send(Command.GET, key("paused")), "repaired without a new link");
  }

  private void beginToMove() {
    target.command("CLUSTER", "SETSLOT", slot, "IMPORTING", cluster.id(from));
    source.command("CLUSTER", "SETSLOT", slot, "MIGRATING", cluster.id(to));
  }

  private Script.Call promote() {
    return PROMOTE.on(key("schedule"), key("parked"), key("ready")).arg(1).arg(1);
  }

  private static List<Object> asking() {
    return List.of("ASKING");
  }

  private static List<Object> get(String key) {
    return List.of("GET", key);
  }

  private String key(String name) {
    return "mail:{" + queue + "}:" + name;
  }

  private Response send(Command command, String... words) {
    Request request = Request.cmd(command);
    for (String word : words) {
      request.arg(word);
    }
    return loop.await(() -> loop.link().send(request));
  }
}
