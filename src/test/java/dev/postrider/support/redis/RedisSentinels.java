package dev.postrider.support.redis;

import static org.awaitility.Awaitility.await;

import dev.postrider.support.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real master with one replica, and three sentinels that watch them. */
public final class RedisSentinels implements AutoCloseable {

  /** The master's name in the sentinels' configuration. */
  public static final String MASTER = "mail";

  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final int SENTINELS = 3;
  private static final int QUORUM = 2;

  /** A master without a replica takes no write: it would be lost with the master. */
  private static final String[] OPTIONS = {
    "--repl-diskless-sync-delay", "0", "--min-replicas-to-write", "1"
  };

  private final RedisProcess first = RedisProcess.startOpen(OPTIONS);
  private final RedisProcess second;
  private final Path directory;
  private final List<Process> sentinels = new ArrayList<>();
  private final List<Integer> ports = new ArrayList<>();

  private RedisSentinels() {
    second = RedisProcess.startOpen(OPTIONS);
    try (RedisClient client = second.client()) {
      client.command("REPLICAOF", "127.0.0.1", first.port());
    }
    try {
      directory = Files.createTempDirectory("postrider-sentinels");
      for (int i = 0; i < SENTINELS; i++) {
        startSentinel(i);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The sentinels could not be started.", e);
    }
    ports.forEach(port -> await().ignoreExceptions().atMost(BOUND).until(() -> hurry(port)));
    ports.forEach(port -> await().ignoreExceptions().atMost(BOUND).until(() -> sees(port)));
  }

  /** They ask for news every ten seconds, and leave a master in error for as long. */
  private static boolean hurry(int port) {
    try (RedisClient sentinel = RedisClient.connect(port)) {
      return "OK"
          .equals(
              sentinel.command("SENTINEL", "DEBUG", "INFO-PERIOD", 1_000, "PUBLISH-PERIOD", 500));
    }
  }

  /** Starts them and waits until every sentinel knows all others and the replica. */
  public static RedisSentinels start() {
    return new RedisSentinels();
  }

  /** The sentinels, in the form of {@code quarkus.redis.hosts}. */
  public String urls() {
    return ports.stream().map(port -> "redis://127.0.0.1:" + port).collect(Collectors.joining(","));
  }

  /** The server that the sentinels name as master. */
  public RedisProcess master() {
    try (RedisClient sentinel = RedisClient.connect(ports.get(0))) {
      List<?> address = (List<?>) sentinel.command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER);
      return String.valueOf(first.port()).equals(address.get(1)) ? first : second;
    }
  }

  /** The other one. */
  public RedisProcess replica() {
    return master() == first ? second : first;
  }

  /** Waits until a server is master and says so itself. */
  public void awaitMaster(RedisProcess wanted) {
    await()
        .ignoreExceptions()
        .atMost(BOUND)
        .until(() -> master() == wanted && info(wanted).contains("role:master"));
  }

  /** Waits until a server follows the master, as the sentinels see it too. */
  public void awaitReplica(RedisProcess wanted) {
    await()
        .ignoreExceptions()
        .atMost(BOUND)
        .until(() -> info(wanted).contains("master_link_status:up"));
    ports.forEach(port -> await().ignoreExceptions().atMost(BOUND).until(() -> sees(port)));
  }

  /** Asks for a failover although the master is well. */
  public void failover() {
    try (RedisClient sentinel = RedisClient.connect(ports.get(0))) {
      await()
          .ignoreExceptions()
          .atMost(BOUND)
          .until(() -> "OK".equals(sentinel.command("SENTINEL", "FAILOVER", MASTER)));
    }
  }

  private static String info(RedisProcess server) {
    try (RedisClient client = server.client()) {
      return (String) client.command("INFO", "replication");
    }
  }

  private static boolean sees(int port) {
    try (RedisClient sentinel = RedisClient.connect(port)) {
      List<?> master = (List<?>) sentinel.command("SENTINEL", "MASTER", MASTER);
      return "1".equals(value(master, "num-slaves"))
          && "2".equals(value(master, "num-other-sentinels"))
          && "master".equals(value(master, "flags"));
    }
  }

  private static Object value(List<?> pairs, String name) {
    return pairs.get(pairs.indexOf(name) + 1);
  }

  private void startSentinel(int number) throws IOException {
    int port = freePort();
    Path home = Files.createDirectory(directory.resolve("sentinel-" + number));
    Path file = home.resolve("sentinel.conf");
    Files.writeString(
        file,
        """
        port %d
        bind 127.0.0.1
        dir %s
        sentinel monitor %s 127.0.0.1 %d %d
        sentinel down-after-milliseconds %s 3000
        sentinel failover-timeout %s 10000
        """
            .formatted(port, home, MASTER, first.port(), QUORUM, MASTER, MASTER));
    Process process = Program.at(first.program(), home).start(file.toString(), "--sentinel");
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    sentinels.add(process);
    ports.add(port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    sentinels.forEach(Process::destroyForcibly);
    sentinels.forEach(RedisSentinels::awaitEnd);
    first.close();
    second.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not remove " + directory + ".", e);
    }
  }

  private static void awaitEnd(Process process) {
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
