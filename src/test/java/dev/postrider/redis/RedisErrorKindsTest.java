package dev.postrider.redis;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.redis.RedisError.Reaction;
import dev.postrider.redis.connection.ClusterConnectionTest;
import dev.postrider.redis.connection.LinkSettings;
import dev.postrider.support.Loop;
import dev.postrider.support.proxy.Direction;
import dev.postrider.support.proxy.FaultProxy;
import dev.postrider.support.proxy.Flow;
import dev.postrider.support.redis.RedisClient;
import dev.postrider.support.redis.RedisProcess;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each kind of trouble, made by a real Redis. Those of a cluster are in {@link
 * ClusterConnectionTest}.
 */
@DisabledIfSystemProperty(named = "redis.user", matches = "limited") // It changes the rights.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedisErrorKindsTest {

  private static final Duration BOUND = Duration.ofSeconds(60);

  private RedisProcess server;
  private RedisClient redis;
  private Loop loop;

  @BeforeEach
  void start() {
    server = RedisProcess.start("--enable-debug-command", "yes", "--repl-timeout", "60");
    redis = server.client();
    loop = Loop.at(server.port());
  }

  @AfterEach
  void stop() {
    loop.close();
    redis.close();
    server.close();
  }

  @Test
  void nogroup_is_repaired_at_once() {
    redis.command("XADD", "mail:{q}:ready", "*", "mail", "{}");
    assertEquals(RedisError.NOGROUP, trouble(read()));
    assertEquals(Reaction.RECOVERED, RedisError.NOGROUP.reaction());
  }

  @Test
  void noscript_is_repaired_at_once() {
    assertEquals(RedisError.NOSCRIPT, trouble(cmd(Command.EVALSHA, "0".repeat(40), "0")));
    assertEquals(Reaction.RECOVERED, RedisError.NOSCRIPT.reaction());
  }

  @Test
  void loading_passes() {
    redis.command("DEBUG", "POPULATE", 500, "key", 2_000);
    redis.command("CONFIG", "SET", "loading-process-events-interval-bytes", 1_024);
    redis.command("CONFIG", "SET", "key-load-delay", 10_000);
    ask(Command.PING);
    CompletableFuture<Object> reload =
        CompletableFuture.supplyAsync(() -> redis.command("DEBUG", "RELOAD"));
    await().atMost(BOUND).until(() -> found(RedisError.LOADING, cmd(Command.GET, "a")));
    assertEquals(Reaction.WAIT, RedisError.LOADING.reaction());
    try (RedisClient other = server.client()) {
      other.command("CONFIG", "SET", "key-load-delay", 0);
    }
    assertEquals("OK", reload.orTimeout(60, TimeUnit.SECONDS).join());
    assertEquals("PONG", ask(Command.PING).toString());
  }

  @Test
  void busy_passes() {
    redis.command("CONFIG", "SET", "busy-reply-threshold", 50);
    ask(Command.PING);
    CompletableFuture<Object> script =
        CompletableFuture.supplyAsync(() -> redis.command("EVAL", "while true do end", 0));
    await().atMost(BOUND).until(() -> found(RedisError.BUSY, cmd(Command.GET, "a")));
    assertEquals(Reaction.WAIT, RedisError.BUSY.reaction());
    try (RedisClient other = server.client()) {
      other.command("SCRIPT", "KILL");
    }
    script.exceptionally(killed -> null).join();
    assertEquals(null, ask(Command.GET, "a"));
  }

  @Test
  void readonly_makes_the_link_connect_again() {
    ask(Command.PING);
    redis.command("REPLICAOF", "127.0.0.1", 1);
    assertEquals(RedisError.READONLY, trouble(cmd(Command.SET, "a", "b")));
    assertEquals(Reaction.RECONNECT, RedisError.READONLY.reaction());
    redis.command("REPLICAOF", "NO", "ONE");
    await().atMost(BOUND).until(() -> !found(RedisError.READONLY, cmd(Command.SET, "a", "b")));
    assertEquals(2, loop.link().generation(), "another connection");
  }

  @Test
  void masterdown_makes_the_link_connect_again() {
    redis.command("CONFIG", "SET", "replica-serve-stale-data", "no");
    redis.command("REPLICAOF", "127.0.0.1", 1);
    assertEquals(RedisError.MASTERDOWN, trouble(cmd(Command.GET, "a")));
    assertEquals(Reaction.RECONNECT, RedisError.MASTERDOWN.reaction());
    redis.command("REPLICAOF", "NO", "ONE");
    await().atMost(BOUND).until(() -> !found(RedisError.MASTERDOWN, cmd(Command.GET, "a")));
  }

  @Test
  void misconf_passes() throws IOException {
    Path directory = Path.of(((List<?>) redis.command("CONFIG", "GET", "dir")).get(1).toString());
    Files.createDirectories(directory.resolve("dump.rdb").resolve("in-the-way"));
    redis.command("CONFIG", "SET", "save", "3600 1000000");
    redis.command("BGSAVE");
    await()
        .atMost(BOUND)
        .until(() -> ((String) redis.command("INFO")).contains("rdb_last_bgsave_status:err"));
    assertEquals(RedisError.MISCONF, trouble(cmd(Command.SET, "a", "b")));
    assertEquals(Reaction.WAIT, RedisError.MISCONF.reaction());
  }

  @Test
  void noreplicas_passes() {
    redis.command("CONFIG", "SET", "min-replicas-to-write", 1);
    assertEquals(RedisError.NOREPLICAS, trouble(cmd(Command.SET, "a", "b")));
    assertEquals(Reaction.WAIT, RedisError.NOREPLICAS.reaction());
  }

  @Test
  void oom_passes_and_shows_through_a_script() {
    redis.command("CONFIG", "SET", "maxmemory", 1);
    assertEquals(RedisError.OOM, trouble(cmd(Command.SET, "a", "b")));
    String script = "return redis.call('SET', KEYS[1], 'b')";
    assertEquals(RedisError.OOM, trouble(cmd(Command.EVAL, script, "1", "a")));
    assertEquals(Reaction.WAIT, RedisError.OOM.reaction());
  }

  @Test
  void unblocked_passes() {
    String id = ask(Command.CLIENT, "ID").toString();
    Request wait = cmd(Command.XREAD, "BLOCK", "30000", "STREAMS", "nothing", "$");
    CompletableFuture<Response> blocked =
        loop.subscribe(() -> loop.link().send(wait, Duration.ofSeconds(30)));
    await().atMost(BOUND).until(() -> redis.number("CLIENT", "UNBLOCK", id, "ERROR") == 1);
    assertEquals(RedisError.UNBLOCKED, RedisError.of(failure(blocked)));
    assertEquals(Reaction.WAIT, RedisError.UNBLOCKED.reaction());
  }

  @Test
  void noauth_needs_a_person() {
    redis.command("CONFIG", "SET", "requirepass", "secret");
    assertEquals(RedisError.NOAUTH, trouble(cmd(Command.GET, "a")));
    assertTrue(RedisError.NOAUTH.isFatal());
  }

  @Test
  void wrongpass_needs_a_person_and_stays_known_between_two_connection_attempts() {
    redis.command("CONFIG", "SET", "requirepass", "secret");
    try (Loop wrong = Loop.as("default", "guess", server.port())) {
      for (int i = 0; i < 3; i++) {
        CompletableFuture<Response> reply =
            wrong.subscribe(() -> wrong.link().send(cmd(Command.GET, "a")));
        assertEquals(RedisError.WRONGPASS, RedisError.of(failure(reply)));
      }
    }
    assertTrue(RedisError.WRONGPASS.isFatal());
  }

  @Test
  void noperm_needs_a_person_and_shows_through_a_script() {
    redis.command("ACL", "SETUSER", "few", "on", ">pw", "+ping", "+eval", "~mail:*");
    redis.command("ACL", "SETUSER", "default", "off");
    try (Loop few = Loop.as("few", "pw", server.port())) {
      CompletableFuture<Response> plain =
          few.subscribe(() -> few.link().send(cmd(Command.GET, "mail:a")));
      assertEquals(RedisError.NOPERM, RedisError.of(failure(plain)));
      Request script = cmd(Command.EVAL, "return redis.call('GET', KEYS[1])", "1", "mail:a");
      CompletableFuture<Response> inside = few.subscribe(() -> few.link().send(script));
      assertEquals(RedisError.NOPERM, RedisError.of(failure(inside)));
    }
    assertTrue(RedisError.NOPERM.isFatal());
  }

  @Test
  void wrongtype_needs_a_person() {
    redis.command("SET", "mail:{q}:ready", "no stream");
    assertEquals(RedisError.WRONGTYPE, trouble(read()));
    assertTrue(RedisError.WRONGTYPE.isFatal());
  }

  @Test
  void too_many_clients_pass() {
    redis.command("CONFIG", "SET", "maxclients", 1);
    assertEquals(RedisError.MAX_CLIENTS, trouble(cmd(Command.PING)));
    assertEquals(Reaction.WAIT, RedisError.MAX_CLIENTS.reaction());
    redis.command("CONFIG", "SET", "maxclients", 100);
    await().atMost(BOUND).until(() -> !found(RedisError.MAX_CLIENTS, cmd(Command.PING)));
  }

  @Test
  void a_closed_connection_passes() {
    ask(Command.PING);
    Request wait = cmd(Command.XREAD, "BLOCK", "30000", "STREAMS", "nothing", "$");
    CompletableFuture<Response> blocked =
        loop.subscribe(() -> loop.link().send(wait, Duration.ofSeconds(30)));
    loop.call(() -> "it has left");
    redis.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    assertEquals(RedisError.CLOSED, RedisError.of(failure(blocked)));
    assertEquals(Reaction.WAIT, RedisError.CLOSED.reaction());
  }

  @Test
  void a_reply_that_is_late_passes() {
    LinkSettings hasty =
        new LinkSettings(Duration.ofMillis(300), Duration.ofSeconds(10), Duration.ofMillis(100));
    try (FaultProxy proxy = FaultProxy.before(server.port());
        Loop impatient = Loop.at(proxy.port(), hasty)) {
      impatient.await(() -> impatient.link().send(cmd(Command.PING)));
      proxy.flow(Direction.DOWN, Flow.hold());
      CompletableFuture<Response> late =
          impatient.subscribe(() -> impatient.link().send(cmd(Command.PING)));
      assertEquals(RedisError.TIMEOUT, RedisError.of(failure(late)));
    }
    assertEquals(Reaction.WAIT, RedisError.TIMEOUT.reaction());
  }

  @ParameterizedTest
  @CsvSource({
    "MOVED 3999 127.0.0.1:6381, MOVED, RECOVERED",
    "ASK 3999 127.0.0.1:6381, ASK, RECOVERED",
    "TRYAGAIN Multiple keys request during rehashing of slot, TRYAGAIN, WAIT",
    "CLUSTERDOWN Hash slot not served, CLUSTERDOWN, WAIT",
    "ERR something new, OTHER, WAIT",
  })
  void the_rest_is_known_by_its_first_word(String reply, RedisError redisError, Reaction reaction) {
    assertEquals(redisError, RedisError.of(ErrorType.create(reply)));
    assertEquals(reaction, redisError.reaction());
  }

  @Test
  void a_failure_of_our_own_is_no_trouble_of_redis() {
    assertEquals(RedisError.OTHER, RedisError.of(new IllegalStateException("NOPERM")));
    assertFalse(RedisError.OTHER.isFatal());
  }

  @ParameterizedTest
  @EnumSource(RedisError.class)
  void each_is_explained_in_the_reference(RedisError redisError) throws IOException {
    String page = Files.readString(Path.of("src/site/markdown/reference/redis.md"));
    String name = redisError.name().replace("_", " ").toLowerCase(Locale.ROOT);
    assertTrue(
        page.contains("`" + redisError.name() + "`") || page.contains("| " + name + " |"),
        redisError.name());
    assertFalse(redisError.meaning().endsWith("."), "sentences are joined");
  }

  private boolean found(RedisError wanted, Request request) {
    CompletableFuture<Response> reply = loop.subscribe(() -> loop.link().send(request));
    try {
      Loop.join(reply);
      return false;
    } catch (Throwable failure) {
      return RedisError.of(failure) == wanted;
    }
  }

  private RedisError trouble(Request request) {
    return RedisError.of(failure(loop.subscribe(() -> loop.link().send(request))));
  }

  private static Throwable failure(CompletableFuture<Response> reply) {
    try {
      throw new AssertionError("No failure: " + reply.orTimeout(60, TimeUnit.SECONDS).join());
    } catch (CompletionException failed) {
      return failed.getCause();
    }
  }

  private Response ask(Command command, String... words) {
    return loop.await(() -> loop.link().send(cmd(command, words)));
  }

  private static Request read() {
    return cmd(
        Command.XREADGROUP,
        "GROUP",
        "postrider",
        "me",
        "COUNT",
        "1",
        "STREAMS",
        "mail:{q}:ready",
        ">");
  }

  private static Request cmd(Command command, String... words) {
    Request request = Request.cmd(command);
    for (String word : words) {
      request.arg(word);
    }
    return request;
  }
}
