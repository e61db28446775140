package dev.postrider.chaos.storage;

import dev.postrider.chaos.run.LoadProducer;
import dev.postrider.support.redis.RedisCluster;
import dev.postrider.support.redis.RedisProcess;
import java.util.Map;

/** Three masters of a cluster, each with a replica; the queue is at one of them. */
public final class ClusterStorage implements Storage.Replicated {

  private final RedisCluster cluster = RedisCluster.start();
  private RedisProcess killed;

  @Override
  public RedisProcess server() {
    return cluster.owner(LoadProducer.READY);
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
  public void move() {
    cluster.move(LoadProducer.READY);
  }

  @Override
  public void close() {
    cluster.close();
  }
}
