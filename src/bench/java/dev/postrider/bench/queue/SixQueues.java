package dev.postrider.bench.queue;

import dev.postrider.bench.peer.Mails;
import dev.postrider.bench.peer.Postrider;
import dev.postrider.support.redis.RedisClient;
import dev.postrider.support.redis.RedisCluster;
import dev.postrider.support.redis.RedisProcess;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A Redis Cluster of three masters, and two queues at each of them. */
final class SixQueues implements AutoCloseable {

  private static final int MASTERS = 3;
  private static final int QUEUES = 6;
  private static final int CHUNK = 1_000;

  private final RedisCluster cluster = RedisCluster.start();
  private final Map<String, RedisProcess> owners = new LinkedHashMap<>();

  SixQueues() {
    List<RedisProcess> masters = cluster.nodes().subList(0, MASTERS);
    for (int number = 0; owners.size() < QUEUES; number++) {
      String queue = "bulk-" + number;
      RedisProcess owner = cluster.owner(Postrider.key(queue, "ready"));
      long there = owners.values().stream().filter(owner::equals).count();
      if (masters.contains(owner) && there < QUEUES / MASTERS) {
        owners.put(queue, owner);
      }
    }
  }

  Map<String, String> settings() {
    return Map.of(
        "QUARKUS_REDIS_HOSTS", cluster.urls(),
        "QUARKUS_REDIS_CLIENT_TYPE", "cluster",
        "POSTRIDER_QUEUES", String.join(",", owners.keySet()));
  }

  /** Each queue gets as many, in turns. */
  void fill(int mails) {
    for (int start = 0; start < mails / QUEUES; start += CHUNK) {
      int end = Math.min(mails / QUEUES, start + CHUNK);
      for (Map.Entry<String, RedisProcess> owner : owners.entrySet()) {
        fill(owner.getKey(), owner.getValue(), start, end);
      }
    }
  }

  private static void fill(String queue, RedisProcess owner, int from, int to) {
    List<List<Object>> chunk = new ArrayList<>();
    for (int number = from; number < to; number++) {
      chunk.add(Postrider.add(queue, Mails.jsonBytes(number)));
    }
    try (RedisClient client = owner.client()) {
      client.pipeline(chunk).forEach(SixQueues::mustBeGood);
    }
  }

  private static void mustBeGood(Object reply) {
    if (reply instanceof RedisClient.RedisError error) {
      throw error;
    }
  }

  /** Of all queues. */
  long left() {
    long left = 0;
    for (Map.Entry<String, RedisProcess> owner : owners.entrySet()) {
      try (RedisClient client = owner.getValue().client()) {
        left += Postrider.left(client, owner.getKey());
      }
    }
    return left;
  }

  @Override
  public void close() {
    cluster.close();
  }
}
