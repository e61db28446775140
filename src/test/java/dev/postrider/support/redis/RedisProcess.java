package dev.postrider.support.redis;

import dev.postrider.dev.redis.EmbeddedRedis;
import dev.postrider.support.FakeClock;
import dev.postrider.support.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A real Redis server that a test may stop, kill and start again on the same port and data. */
public final class RedisProcess implements AutoCloseable {

  private final Path directory;
  private final boolean limited;
  private final String[] options;
  private EmbeddedRedis server;

  private RedisProcess(Path directory, String... options) {
    this(directory, Rights.everywhere(), options);
  }

  private RedisProcess(Path directory, boolean limited, String... options) {
    this.directory = directory;
    this.limited = limited;
    this.options = options;
    this.server = EmbeddedRedis.start(directory, 0, options);
    limit();
  }

  /** Starts a server that keeps nothing on disk and gives only the {@link Rights} of production. */
  public static RedisProcess startLimited(String... options) {
    return new RedisProcess(newDirectory(), true, with(options, "--appendonly", "no"));
  }

  /**
   * Starts a server that keeps nothing on disk.
   *
   * @param options further options as on the command line
   */
  public static RedisProcess start(String... options) {
    return new RedisProcess(newDirectory(), with(options, "--appendonly", "no"));
  }

  /** Starts a server that gives all rights to all, even to its replicas; it keeps nothing. */
  static RedisProcess startOpen(String... options) {
    return new RedisProcess(newDirectory(), false, with(options, "--appendonly", "no"));
  }

  /**
   * Starts the server that is installed on this machine, or the usual one where none is. It writes
   * to disk every second.
   */
  public static RedisProcess startInstalled(String... options) {
    Path directory = newDirectory();
    Program.find("redis-server").ifPresent(installed -> link(directory, installed));
    return new RedisProcess(
        directory, with(options, "--appendonly", "yes", "--appendfsync", "everysec"));
  }

  /** Starts a server that has every write on disk before it replies: it forgets nothing. */
  public static RedisProcess startDurable(String... options) {
    return new RedisProcess(
        newDirectory(), with(options, "--appendonly", "yes", "--appendfsync", "always"));
  }

  /** Starts the server that is installed on this machine, by a clock that can be set. */
  public static RedisProcess startBy(FakeClock clock) {
    Path directory = newDirectory();
    Path installed = Program.needed("redis-server", directory).path();
    clock.wrap(installed, directory.resolve("redis-server"));
    return new RedisProcess(
        directory, with(new String[0], "--appendonly", "yes", "--appendfsync", "everysec"));
  }

  /** What it has written to disk so far; its tail may be cut off while it is down. */
  public AppendOnlyFile appendOnlyFile() {
    return AppendOnlyFile.in(directory);
  }

  /** The port at 127.0.0.1; it stays over restarts. */
  public int port() {
    return server.port();
  }

  /** Address in the form of {@code quarkus.redis.hosts}. */
  public String url() {
    return limited ? "redis://worker:worker@127.0.0.1:" + port() : server.url();
  }

  /** The program it runs; the same serves as a sentinel. */
  Path program() {
    return directory.resolve("redis-server").toAbsolutePath();
  }

  /** A new connection to it; the caller closes it. */
  public RedisClient client() {
    RedisClient client = RedisClient.connect(port());
    if (limited) {
      Rights.enter(client);
    }
    return client;
  }

  private void limit() {
    if (limited) {
      try (RedisClient client = RedisClient.connect(port())) {
        Rights.limit(client);
      }
    }
  }

  private void checkRights() {
    if (limited && server.isAlive()) {
      try (RedisClient client = client()) {
        Rights.assertSufficient(client);
      }
    }
  }

  /** Removes all keys, functions of the test before included. */
  public void flush() {
    try (RedisClient client = client()) {
      client.command("FLUSHALL");
    }
  }

  /** Ends it in order. */
  public void stop() {
    checkRights();
    server.stop();
  }

  /** Ends it without warning (SIGKILL). */
  public void kill9() {
    checkRights();
    server.kill();
  }

  /** Starts it again on the same port and data; ends it first if it runs. */
  public void restart() {
    checkRights();
    server.stop();
    server = EmbeddedRedis.start(directory, server.port(), options);
    limit();
  }

  @Override
  public void close() {
    try {
      checkRights();
    } finally {
      server.kill();
      remove();
    }
  }

  private void remove() {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not remove " + directory + ".", e);
    }
  }

  /** A program that lies in the directory already is not unpacked. */
  private static void link(Path directory, Path installed) {
    try {
      Files.createSymbolicLink(directory.resolve("redis-server"), installed);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not link " + installed + ".", e);
    }
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("postrider-redis");
    } catch (IOException e) {
      throw new UncheckedIOException("No directory for Redis.", e);
    }
  }

  private static String[] with(String[] options, String... first) {
    return Stream.of(List.of(first), List.of("--save", ""), List.of(options))
        .flatMap(List::stream)
        .toArray(String[]::new);
  }
}
