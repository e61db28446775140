package dev.postrider.chaos.storage;

import dev.postrider.support.redis.RedisProcess;
import java.util.Map;

/** The Redis that a scenario is played on: one server, or several that stand in for each other. */
public interface Storage extends AutoCloseable {

  /** The server that has the queue now. */
  RedisProcess server();

  /** How a worker finds it, as environment variables. */
  Map<String, String> settings();

  @Override
  void close();

  /** Several servers: one may die. */
  interface Replicated extends Storage {

    /** Kills the server that has the queue; returns once another one has it. */
    void fail();

    /** Lets the dead one come back as the other one's replica. */
    void heal();
  }

  /** One server. */
  static Storage of(RedisProcess server) {
    return new Single(server);
  }

  /** One server. */
  record Single(RedisProcess server) implements Storage {

    @Override
    public Map<String, String> settings() {
      return Map.of("QUARKUS_REDIS_HOSTS", server.url());
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
