package dev.postrider.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.Loop;
import dev.postrider.support.redis.RedisFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every script, with everything that can make one of its commands fail: a right that is missing, a
 * key of another type, a stream without further ids, a full Redis. At each moment there is exactly
 * one copy of the mail, and the same call ends its work once the fault is gone.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ScriptFaultsTest {

  private static final Pattern COMMAND = Pattern.compile("redis\\.p?call\\('(\\w+)'");
  private static final List<String> KEYS =
      List.of(
          "events", "history:new", "history:old", "totals", "schedule", "parked", "dead", "held");
  private static final List<String> STREAMS = List.of("ready", "events", "dead", "held");
  private static final String LAST_ID = "18446744073709551615-18446744073709551615";
  private static final String LATE_ID = "9000000000000000-0";

  @RegisterExtension static final RedisFixture redis = new RedisFixture();

  private static Loop limited;

  @BeforeAll
  static void connect() {
    redis.command("ACL", "SETUSER", "limited", "on", ">limited", "~*", "&*", "+@all");
    limited = Loop.as("limited", "limited", redis.port());
  }

  @AfterAll
  static void disconnect() {
    limited.close();
  }

  @ParameterizedTest
  @EnumSource(ScriptedMove.class)
  void loses_nothing_if_the_right_to_any_command_is_missing(ScriptedMove move) throws IOException {
    for (String command : commands()) {
      play(
          move,
          "without " + command,
          () -> redis.command("ACL", "SETUSER", "limited", "+@all", "-" + command),
          () -> redis.command("ACL", "SETUSER", "limited", "+@all"));
    }
  }

  @ParameterizedTest
  @EnumSource(ScriptedMove.class)
  void loses_nothing_if_any_key_is_of_another_type(ScriptedMove move) {
    for (String name : KEYS) {
      play(
          move,
          "with a string as " + name,
          () -> redis.command("SET", key(name), "x", "NX"),
          () -> deleteString(key(name)));
    }
  }

  @ParameterizedTest
  @EnumSource(ScriptedMove.class)
  void loses_nothing_if_any_stream_can_take_no_further_id(ScriptedMove move) {
    for (String name : STREAMS) {
      play(
          move,
          "without further ids in " + name,
          () -> exhaust(key(name)),
          () -> redis.command("XSETID", key(name), LATE_ID));
    }
  }

  @ParameterizedTest
  @EnumSource(ScriptedMove.class)
  void loses_nothing_if_redis_is_full(ScriptedMove move) {
    play(
        move,
        "when full",
        () -> redis.command("CONFIG", "SET", "maxmemory", "1"),
        () -> redis.command("CONFIG", "SET", "maxmemory", "0"));
  }

  private static Set<String> commands() throws IOException {
    Set<String> commands = new TreeSet<>();
    try (Stream<Path> files = Files.list(Path.of("src", "main", "resources", "lua"))) {
      for (Path file : files.toList()) {
        Matcher found = COMMAND.matcher(Files.readString(file));
        while (found.find()) {
          commands.add(found.group(1));
        }
      }
    }
    assertTrue(commands.contains("XADD") && commands.size() > 20, commands.toString());
    return commands;
  }

  private static void exhaust(String stream) {
    if (redis.number("EXISTS", stream) == 0) {
      redis.command("XADD", stream, "1-1", "x", "y");
      redis.command("XDEL", stream, "1-1");
    }
    redis.command("XSETID", stream, LAST_ID);
  }

  private static void deleteString(String key) {
    if (redis.command("TYPE", key).equals("string")) {
      redis.command("DEL", key);
    }
  }

  private static void play(ScriptedMove move, String fault, Runnable begin, Runnable end) {
    redis.command("FLUSHALL");
    redis.command("XGROUP", "CREATE", key("ready"), "postrider", "0", "MKSTREAM");
    move.prepare(redis);
    begin.run();
    boolean done = attempt(move);
    end.run();
    String situation = move + " " + fault + (done ? ", done" : ", refused");
    long copies = Copies.count(redis);
    assertTrue(
        copies == 1 || copies == 0 && (done ? move.copies() : move.before()) == 0, situation);
    assertEquals(move.isRead() ? Copies.inStream(redis) : 0, pending(), situation);
    redis.await(() -> move.run(redis.link()));
    assertEquals(move.copies(), Copies.count(redis), situation);
  }

  private static boolean attempt(ScriptedMove move) {
    return Loop.join(
        limited
            .subscribe(() -> move.run(limited.link()).replaceWithVoid())
            .handle((done, refusal) -> refusal == null));
  }

  private static long pending() {
    return (Long) ((List<?>) redis.command("XPENDING", key("ready"), "postrider")).get(0);
  }

  private static String key(String name) {
    return "mail:{q}:" + name;
  }
}
