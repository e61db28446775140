package dev.postrider.redis.connection;

import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;

/** Sends commands to Redis: one server or a cluster. Lives on one event loop. */
interface Connection {

  /**
   * Completes with a reply or a failure within the time limit.
   *
   * @param blocking how long the command itself may block; added to the limit
   */
  Future<Response> send(Request request, Duration blocking);

  /** True while connected; may be called from any thread. */
  boolean isConnected();

  /** Closes the connection; the next command connects again. */
  void close();
}
