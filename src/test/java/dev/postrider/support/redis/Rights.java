package dev.postrider.support.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The rights that production gives, instead of all: a client that uses the address of a {@link
 * RedisProcess} is the user of {@code deploy/redis/worker.acl}, and only the tests themselves get
 * in beside it. {@code -Dredis.user=limited} makes it so for every server.
 */
public final class Rights {

  /** In front of the host in an address; empty without limited rights. */
  public static final String CREDENTIALS = everywhere() ? "worker:worker@" : "";

  private static final String ADMIN = "admin";
  private static final String WORKER = "worker";

  private Rights() {}

  /** True if every server of the tests shall be so. */
  public static boolean everywhere() {
    return "limited".equals(System.getProperty("redis.user"));
  }

  /** The rules of a file of {@code deploy/redis}. */
  public static List<String> rules(String file) {
    try {
      return Files.readAllLines(Path.of("deploy", "redis", file)).stream()
          .map(line -> line.replaceAll("#.*", "").strip())
          .filter(rule -> !rule.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("The rights cannot be read.", e);
    }
  }

  /** Adds a user, whose name is the password, with the rules of a file. */
  public static void grant(RedisClient redis, String user, String file) {
    List<Object> set = new ArrayList<>(List.of("ACL", "SETUSER", user, "on", ">" + user));
    set.addAll(rules(file));
    redis.command(set.toArray());
  }

  /** Lets in the worker and the administrator of the tests, and no other user from now on. */
  static void limit(RedisClient redis) {
    grant(redis, WORKER, "worker.acl");
    redis.command("ACL", "SETUSER", ADMIN, "on", ">" + ADMIN, "~*", "&*", "+@all");
    redis.command("ACL", "SETUSER", "default", "off");
    redis.command("CLIENT", "KILL", "USER", "default", "SKIPME", "yes");
  }

  /** The tests themselves may do everything. */
  static void enter(RedisClient redis) {
    redis.command("AUTH", ADMIN, ADMIN);
  }

  /** Fails if the worker was refused anything. */
  static void assertSufficient(RedisClient redis) {
    List<?> refusals =
        ((List<?>) redis.command("ACL", "LOG", 128))
            .stream().filter(entry -> ((List<?>) entry).contains(WORKER)).toList();
    assertEquals(List.of(), refusals, "the worker lacks rights");
  }
}
