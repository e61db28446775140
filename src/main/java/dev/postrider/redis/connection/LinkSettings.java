package dev.postrider.redis.connection;

import java.time.Duration;

/**
 * The bounds of a link.
 *
 * @param commandTimeout longest wait for one reply; a link that misses it is closed, since every
 *     later reply would answer the wrong question
 * @param connectTimeout longest wait for a connection, handshake included
 * @param retryDelay shortest pause between two attempts to connect
 */
public record LinkSettings(Duration commandTimeout, Duration connectTimeout, Duration retryDelay) {

  /** 5 s for a command, 5 s to connect, 500 ms between attempts. */
  public static LinkSettings defaults() {
    return new LinkSettings(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(500));
  }
}
