package dev.postrider.chaos.storage;

import dev.postrider.support.redis.RedisProcess;
import dev.postrider.support.redis.RedisSentinels;
import java.util.Map;

/** A master and its replica, watched by three sentinels. */
public final class WatchedStorage implements Storage.Replicated {

  private final RedisSentinels sentinels = RedisSentinels.start();
  private RedisProcess killed;

  @Override
  public RedisProcess server() {
    return sentinels.master();
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "QUARKUS_REDIS_CLIENT_TYPE",
        "sentinel",
        "QUARKUS_REDIS_MASTER_NAME",
        RedisSentinels.MASTER,
        "QUARKUS_REDIS_HOSTS",
        sentinels.urls());
  }

  @Override
  public void fail() {
    killed = sentinels.master();
    RedisProcess newMaster = sentinels.replica();
    killed.kill9();
    sentinels.awaitMaster(newMaster);
  }

  @Override
  public void heal() {
    killed.restart();
    sentinels.awaitReplica(killed);
  }

  @Override
  public void close() {
    sentinels.close();
  }
}
