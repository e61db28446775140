package dev.postrider.worker;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.Backends;
import dev.postrider.support.LogRecords;
import dev.postrider.support.redis.RedisClient;
import dev.postrider.support.redis.RedisProcess;
import dev.postrider.support.smtp.Sink;
import dev.postrider.worker.monitor.TrimMonitor;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** A worker in everything that Redis may refuse: it stays calm, says why, and goes on. */
@DisabledIfSystemProperty(named = "redis.user", matches = "limited") // It changes the rights.
@QuarkusTest
@TestProfile(RedisOutageTest.Calm.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedisOutageTest {

  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final int WINDOW_SECONDS = 2;

  /** Two engines, the watch, the poller: a few each a second, whatever is the matter. */
  private static final long COMMANDS_MAX = 150L * WINDOW_SECONDS;

  /** All slots of the worker. */
  private static final int IN_FLIGHT = 8;

  private static final int LINES_MAX = 10 * WINDOW_SECONDS;

  /** A millisecond to load each: twice as long as Redis may be silent. */
  private static final int FILLERS = 20_000;

  @Inject TrimMonitor trims;

  RedisProcess redis;
  Sink sink;

  private TestProducer testProducer;
  private RedisClient admin;
  private LogRecords log;

  /** A worker that knows a password, which Redis asks for only in one test. */
  public static final class Calm implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.redis.password", "right",
          "postrider.concurrency", "8",
          "postrider.event-loops", "2",
          "postrider.lease.time", "2s",
          "postrider.shutdown.drain", "2s",
          "postrider.retry.connection-first-delay", "50ms",
          "postrider.retry.connection-max-delay", "200ms");
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(Backends.class, Map.of("debug", "true")));
    }
  }

  @BeforeEach
  void open() {
    testProducer = new TestProducer(redis);
    admin = redis.client();
    assertEquals("sent", testProducer.end(testProducer.send("before@outage.test")).get("type"));
    log = LogRecords.above(Level.INFO);
  }

  @AfterEach
  void close() {
    admin.command("REPLICAOF", "NO", "ONE");
    log.close();
    admin.close();
    testProducer.close();
  }

  @Test
  void waits_for_replicas() {
    passes(
        List.of("CONFIG", "SET", "min-replicas-to-write", 1),
        List.of("CONFIG", "SET", "min-replicas-to-write", 0));
  }

  @Test
  void waits_for_a_master() {
    passes(List.of("REPLICAOF", "127.0.0.1", 1), List.of("REPLICAOF", "NO", "ONE"));
  }

  @Test
  void waits_for_memory() {
    passes(List.of("CONFIG", "SET", "maxmemory", 1), List.of("CONFIG", "SET", "maxmemory", 0));
  }

  @Test
  void waits_for_room_among_the_clients() {
    admin.command("CONFIG", "SET", "maxclients", 2);
    passes(
        List.of("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"),
        List.of("CONFIG", "SET", "maxclients", 10_000));
  }

  @Test
  void goes_on_when_its_wait_is_ended_its_scripts_are_forgotten_and_its_group_is_gone() {
    String key = testProducer.key("ready");
    passes(List.of("SCRIPT", "FLUSH"), List.of("PING"));
    passes(List.of("XGROUP", "DESTROY", key, "postrider"), List.of("PING"));
    unblockAll();
    assertEquals("sent", testProducer.end(testProducer.send("unblocked@outage.test")).get("type"));
  }

  private void unblockAll() {
    ((String) admin.command("CLIENT", "LIST"))
        .lines()
        .filter(client -> client.contains("cmd=xreadgroup"))
        .map(client -> client.replaceAll("^id=(\\d+) .*", "$1"))
        .forEach(id -> admin.command("CLIENT", "UNBLOCK", id, "ERROR"));
  }

  @Test
  void is_not_ready_with_a_wrong_password_until_that_is_corrected() {
    isUnreadyWhile(
        "WRONGPASS",
        List.of(
            List.of("CONFIG", "SET", "requirepass", "other"),
            List.of("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")),
        List.of("CONFIG", "SET", "requirepass", ""));
  }

  @Test
  void is_not_ready_without_a_right_that_it_needs_until_it_is_granted() {
    isUnreadyWhile(
        "NOPERM",
        List.of(List.of("ACL", "SETUSER", "default", "-xreadgroup")),
        List.of("ACL", "SETUSER", "default", "+@all"));
  }

  @Test
  void is_not_ready_without_a_right_that_a_script_needs_until_it_is_granted() {
    isUnreadyWhile(
        "",
        List.of(List.of("ACL", "SETUSER", "default", "-pexpire")),
        List.of("ACL", "SETUSER", "default", "+@all"));
  }

  @Test
  void is_not_ready_with_a_key_of_the_wrong_type_until_it_is_gone() {
    String key = testProducer.key("ready");
    isUnreadyWhile(
        "WRONGTYPE",
        List.of(List.of("DEL", key), List.of("SET", key, "no stream")),
        List.of("DEL", key));
  }

  @Test
  void sends_once_what_was_in_flight_when_a_script_kept_redis_busy() {
    admin.command("CONFIG", "SET", "busy-reply-threshold", 100);
    CompletableFuture<?>[] script = new CompletableFuture<?>[1];
    outlasts(
        () -> {
          script[0] = alongside("EVAL", "while true do end", 0);
          awaitReady(503);
        },
        () -> admin.command("SCRIPT", "KILL"));
    assertThrows(CompletionException.class, () -> script[0].join());
    admin.command("CONFIG", "SET", "busy-reply-threshold", 5_000);
  }

  @Test
  void sends_once_what_was_in_flight_when_redis_read_its_data_from_disk() {
    admin.command("DEBUG", "POPULATE", FILLERS, "filler");
    admin.command("CONFIG", "SET", "loading-process-events-interval-bytes", 1_024);
    admin.command("CONFIG", "SET", "key-load-delay", 1_000);
    CompletableFuture<?>[] load = new CompletableFuture<?>[1];
    outlasts(
        () -> load[0] = alongside("DEBUG", "RELOAD"),
        () -> {
          admin.command("CONFIG", "SET", "key-load-delay", 0);
          load[0].join();
        });
    String forget = "for n = 0, ARGV[1] - 1 do redis.call('DEL', 'filler:' .. n) end";
    admin.command("EVAL", forget, 0, FILLERS);
  }

  @Test
  void sends_once_what_was_in_flight_when_redis_could_not_write_to_its_disk() throws Exception {
    Path directory = Path.of((String) ((List<?>) admin.command("CONFIG", "GET", "dir")).get(1));
    Path obstacle = directory.resolve("dump.rdb");
    Path within = obstacle.resolve("in-the-way");
    Files.deleteIfExists(obstacle);
    Files.createDirectories(within);
    outlasts(
        () -> {
          admin.command("CONFIG", "SET", "save", "3600 1000000");
          saves("err");
        },
        () -> admin.command("CONFIG", "SET", "stop-writes-on-bgsave-error", "no"));
    Files.delete(within);
    Files.delete(obstacle);
    saves("ok");
    admin.command("CONFIG", "SET", "save", "");
    admin.command("CONFIG", "SET", "stop-writes-on-bgsave-error", "yes");
  }

  private void saves(String how) {
    admin.command("BGSAVE");
    await().atMost(BOUND).until(() -> persistence().contains("rdb_last_bgsave_status:" + how));
  }

  private String persistence() {
    return (String) admin.command("INFO", "persistence");
  }

  /** A command that does not end soon, on a connection of its own. */
  private CompletableFuture<Object> alongside(Object... words) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (RedisClient own = redis.client()) {
            return own.command(words);
          }
        });
  }

  /** Something comes while every slot is full, and goes: calm, and each mail sent once. */
  private void outlasts(Runnable comes, Runnable goes) {
    sink.clear();
    List<String> ids = new ArrayList<>();
    for (int n = 0; n < IN_FLIGHT; n++) {
      ids.add(testProducer.send("slow-dot-1500ms+" + n + "@outage.test"));
    }
    await().atMost(BOUND).until(() -> pending() == IN_FLIGHT);
    ids.add(testProducer.send("waiting@outage.test"));
    comes.run();
    await().atMost(BOUND).until(this::isLogged);
    int lines = log.messages().size();
    await().pollDelay(Duration.ofSeconds(WINDOW_SECONDS)).until(() -> true);
    int told = log.messages().size() - lines;
    assertTrue(told < LINES_MAX, told + " lines: " + log.messages());
    goes.run();
    reopen();
    awaitReady(200);
    ids.forEach(id -> assertEquals("sent", testProducer.end(id).get("type")));
    assertEquals(IN_FLIGHT + 1, sink.mails().size(), "each of them once");
    System.out.printf("in %d s %d lines%n", WINDOW_SECONDS, told);
  }

  /** Readiness follows after ten seconds; the log says it with the first failure. */
  private boolean isLogged() {
    return log.messages().stream().anyMatch(line -> line.contains("does not answer"));
  }

  private long pending() {
    return (long)
        ((List<?>) admin.command("XPENDING", testProducer.key("ready"), "postrider")).get(0);
  }

  @Test
  void counts_and_tells_what_a_careless_producer_has_trimmed_away() {
    long before = trims.total();
    testProducer.redis().command("SET", testProducer.key("paused"), "while it piles up");
    testProducer.addAll(Collections.nCopies(100, TestProducer.mail("trimmed@outage.test")));
    testProducer.redis().command("XTRIM", testProducer.key("ready"), "MAXLEN", 0);
    testProducer.redis().command("DEL", testProducer.key("paused"));
    // What a worker had read already is its own affair: sent, or dead as invalid.
    await().atMost(BOUND).until(() -> trims.total() - before >= 100 - 2 * 8);
    await().atMost(BOUND).until(() -> !told().isEmpty());
    assertTrue(told().get(0).contains("of queue default"), told().toString());
    given()
        .get("/q/health/ready")
        .then()
        .statusCode(200)
        .body("checks[0].data.trimmed_by_others", greaterThanOrEqualTo(84));
    assertEquals("sent", testProducer.end(testProducer.send("after@outage.test")).get("type"));
  }

  private List<String> told() {
    return log.messages().stream()
        .filter(line -> line.contains("removed from its stream"))
        .toList();
  }

  /** Something comes and goes; mail that was there before is sent afterwards. */
  private void passes(List<Object> comes, List<Object> goes) {
    testProducer.redis().command("SET", testProducer.key("paused"), "for now");
    String id = testProducer.send("through@outage.test");
    testProducer.redis().command("DEL", testProducer.key("paused"));
    admin.command(comes.toArray());
    staysCalm();
    admin.command(goes.toArray());
    reopen();
    assertEquals("sent", testProducer.end(id).get("type"));
    assertEquals("sent", testProducer.end(testProducer.send("after@outage.test")).get("type"));
    awaitReady(200);
  }

  /** Only an operator can repair it: the worker is not ready, logs one line, and recovers. */
  private void isUnreadyWhile(String word, List<List<Object>> comes, List<Object> goes) {
    admin.pipeline(comes);
    awaitReady(503);
    String body = given().get("/q/health/ready").asString();
    assertTrue(body.contains("\"reason\": \"" + word), body);
    staysCalm();
    List<String> refusals =
        log.messages().stream().filter(line -> line.startsWith("Redis refuses")).toList();
    assertEquals(1, refusals.size(), log.messages().toString());
    assertTrue(refusals.get(0).contains(word), refusals.get(0));
    admin.command(goes.toArray());
    reopen();
    awaitReady(200);
    assertEquals("sent", testProducer.end(testProducer.send("repaired@outage.test")).get("type"));
  }

  /** Counts commands and lines while Redis holds this connection for a few seconds. */
  private void staysCalm() {
    int lines = log.messages().size();
    admin.command("CONFIG", "RESETSTAT");
    long before = stat("total_commands_processed") + stat("total_connections_received");
    admin.command("XREAD", "BLOCK", WINDOW_SECONDS * 1_000, "STREAMS", "nothing", "$");
    long commands = stat("total_commands_processed") + stat("total_connections_received") - before;
    assertTrue(commands < COMMANDS_MAX, commands + ": " + admin.command("INFO", "commandstats"));
    int told = log.messages().size() - lines;
    assertTrue(told < LINES_MAX, told + " lines: " + log.messages());
    System.out.printf("in %d s %d commands, %d lines%n", WINDOW_SECONDS, commands, told);
  }

  private long stat(String name) {
    return ((String) admin.command("INFO", "stats"))
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }

  private void reopen() {
    testProducer.close();
    testProducer = new TestProducer(redis);
  }

  private static void awaitReady(int status) {
    await()
        .atMost(BOUND)
        .until(() -> given().get("/q/health/ready").statusCode(), code -> code == status);
  }
}
