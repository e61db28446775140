package dev.postrider.support.redis;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Three masters of a real Redis Cluster, each with a replica. */
public final class RedisCluster implements AutoCloseable {

  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final int MASTERS = 3;
  private static final int SLOTS = 16_384;
  private static final int KEYS_MAX = 100;
  private static final int MIGRATE_MAX_MS = 10_000;

  /** Long enough for a busy machine, short enough for a test. */
  private static final String NODE_TIMEOUT_MS = "3000";

  private final List<RedisProcess> nodes = new ArrayList<>();
  private final List<RedisProcess> dead = new ArrayList<>();

  private RedisCluster() {
    List<Integer> buses = new ArrayList<>();
    for (int i = 0; i < 2 * MASTERS; i++) {
      int bus = freePort();
      buses.add(bus);
      nodes.add(
          RedisProcess.startOpen(
              "--cluster-enabled", "yes",
              "--cluster-port", Integer.toString(bus),
              "--cluster-node-timeout", NODE_TIMEOUT_MS,
              "--cluster-replica-validity-factor", "0",
              "--cluster-require-full-coverage", "no",
              "--repl-diskless-sync-delay", "0"));
    }
    join(buses);
  }

  /** Starts it and waits until it is whole. */
  public static RedisCluster start() {
    return new RedisCluster();
  }

  /** All servers, masters first as they were at the start. */
  public List<RedisProcess> nodes() {
    return List.copyOf(nodes);
  }

  /** In the form of {@code quarkus.redis.hosts}. */
  public String urls() {
    return nodes.stream().map(RedisProcess::url).collect(Collectors.joining(","));
  }

  /** A queue whose keys are at one of the masters of the start. */
  public String queueAt(int master) {
    return IntStream.range(0, SLOTS)
        .mapToObj(i -> "q" + i)
        .filter(queue -> owner("mail:{" + queue + "}:ready") == nodes.get(master))
        .findFirst()
        .orElseThrow();
  }

  /** The server that serves a key now; waits until there is one. */
  public RedisProcess owner(String key) {
    return await().atMost(BOUND).until(() -> findOwner(key), found -> found != null);
  }

  private RedisProcess findOwner(String key) {
    return nodes.stream()
        .filter(node -> !dead.contains(node))
        .filter(node -> serves(node, key))
        .findFirst()
        .orElse(null);
  }

  private static boolean serves(RedisProcess node, String key) {
    try (RedisClient client = node.client()) {
      client.command("EXISTS", key);
      return true;
    } catch (RedisClient.RedisError elsewhere) {
      return false;
    }
  }

  /** Ends a server without warning. */
  public void kill9(RedisProcess node) {
    dead.add(node);
    node.kill9();
  }

  /** Starts a killed server again and waits until it follows who took its place. */
  public void restart(RedisProcess node) {
    node.restart();
    await()
        .ignoreExceptions()
        .atMost(BOUND)
        .until(() -> info(node, "INFO", "replication").contains("master_link_status:up"));
    dead.remove(node);
  }

  /** Moves the slot of a key and all that is in it to another master, while it is being used. */
  public void move(String key) {
    RedisProcess from = owner(key);
    RedisProcess to = masters().stream().filter(node -> node != from).findFirst().orElseThrow();
    Object slot = slot(key);
    tell(to, "CLUSTER", "SETSLOT", slot, "IMPORTING", id(from));
    tell(from, "CLUSTER", "SETSLOT", slot, "MIGRATING", id(to));
    await().atMost(BOUND).until(() -> migrate(from, to, slot));
    String newOwner = id(to);
    tell(to, "CLUSTER", "SETSLOT", slot, "NODE", newOwner);
    tell(from, "CLUSTER", "SETSLOT", slot, "NODE", newOwner);
  }

  private List<RedisProcess> masters() {
    return nodes.stream()
        .filter(node -> !dead.contains(node))
        .filter(node -> info(node, "INFO", "replication").contains("role:master"))
        .toList();
  }

  /** True once nothing is left; what is new in the slot is written to its new master. */
  private static boolean migrate(RedisProcess from, RedisProcess to, Object slot) {
    try (RedisClient client = from.client()) {
      List<?> keys = (List<?>) client.command("CLUSTER", "GETKEYSINSLOT", slot, KEYS_MAX);
      for (Object key : keys) {
        client.command("MIGRATE", "127.0.0.1", to.port(), key, 0, MIGRATE_MAX_MS);
      }
      return keys.isEmpty();
    }
  }

  private static void tell(RedisProcess node, Object... words) {
    try (RedisClient client = node.client()) {
      client.command(words);
    }
  }

  /** A slot of a key. */
  public long slot(String key) {
    return command(nodes.get(nodes.size() - 1), "CLUSTER", "KEYSLOT", key);
  }

  /** The cluster's name of a server. */
  public String id(RedisProcess node) {
    try (RedisClient client = node.client()) {
      return (String) client.command("CLUSTER", "MYID");
    }
  }

  private void join(List<Integer> buses) {
    for (int i = 0; i < nodes.size(); i++) {
      try (RedisClient client = nodes.get(i).client()) {
        client.command("CLUSTER", "MEET", "127.0.0.1", nodes.get(0).port(), buses.get(0));
        if (i < MASTERS) {
          int first = SLOTS * i / MASTERS;
          int last = SLOTS * (i + 1) / MASTERS - 1;
          client.command("CLUSTER", "ADDSLOTSRANGE", first, last);
        }
      }
    }
    nodes.forEach(node -> await().atMost(BOUND).until(() -> knowsAll(node)));
    for (int i = 0; i < MASTERS; i++) {
      replicate(nodes.get(MASTERS + i), id(nodes.get(i)));
    }
    nodes.forEach(node -> await().atMost(BOUND).until(() -> whole(node)));
  }

  private static void replicate(RedisProcess node, String master) {
    try (RedisClient client = node.client()) {
      client.command("CLUSTER", "REPLICATE", master);
    }
  }

  private boolean knowsAll(RedisProcess node) {
    return info(node, "CLUSTER", "INFO").contains("cluster_known_nodes:" + nodes.size())
        && info(node, "CLUSTER", "INFO").contains("cluster_state:ok");
  }

  private boolean whole(RedisProcess node) {
    String replication = info(node, "INFO", "replication");
    return nodes.indexOf(node) < MASTERS
        ? replication.contains("connected_slaves:1") && replication.contains("state=online")
        : replication.contains("master_link_status:up");
  }

  private static String info(RedisProcess node, Object... words) {
    try (RedisClient client = node.client()) {
      return String.valueOf(client.command(words));
    }
  }

  private static long command(RedisProcess node, Object... words) {
    try (RedisClient client = node.client()) {
      return client.number(words);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("No free port.", e);
    }
  }

  @Override
  public void close() {
    nodes.forEach(RedisProcess::close);
  }
}
