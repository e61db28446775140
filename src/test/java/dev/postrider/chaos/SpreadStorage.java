package dev.postrider.chaos;

import dev.postrider.support.RedisCluster;
import dev.postrider.support.RedisProcess;
import java.util.Map;

/** Three masters of a cluster, each with a replica; the queue is at one of them. */
final class SpreadStorage implements Storage.Replicated {

  private final RedisCluster cluster = RedisCluster.start();
  private RedisProcess killed;

  @Override
  public RedisProcess server() {
    return cluster.owner(Producer.READY);
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("QUARKUS_REDIS_CLIENT_TYPE", "cluster", "QUARKUS_REDIS_HOSTS", cluster.urls());
  }

  @Override
  public void fail() {
    killed = server();
    cluster.kill9(killed);
    server();
  }

  @Override
  public void heal() {
    cluster.restart(killed);
  }

  /** Moves the queue's slot to another master. */
  void move() {
    cluster.move(Producer.READY);
  }

  @Override
  public void close() {
    cluster.close();
  }
}
