package dev.postrider.redis.connection;

import java.time.Duration;

/**
 * The time limits of a link.
 *
 * @param commandTimeout for one reply; after it the connection is closed, because a late reply
 *     would be taken for the reply to the next command
 * @param connectTimeout for a connection, handshake included
 * @param retryDelay minimum between two attempts to connect
 */
public record LinkSettings(Duration commandTimeout, Duration connectTimeout, Duration retryDelay) {

  /** 5 s for a command, 5 s to connect, 500 ms between attempts. */
  public static LinkSettings defaults() {
    return new LinkSettings(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(500));
  }
}
