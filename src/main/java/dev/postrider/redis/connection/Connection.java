package dev.postrider.redis.connection;

import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;

/** A way to Redis, whether it is one server or many. Lives on one event loop. */
interface Connection {

  /**
   * Ends in a reply or a failure within its time.
   *
   * @param blocking how long the command itself may wait
   */
  Future<Response> send(Request request, Duration blocking);

  /** True while a connection stands; may be asked from anywhere. */
  boolean isConnected();

  /** Closes all connections, for good or until the next command. */
  void close();
}
