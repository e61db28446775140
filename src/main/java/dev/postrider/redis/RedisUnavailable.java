package dev.postrider.redis;

import io.vertx.redis.client.impl.types.ErrorType;

/**
 * Redis gave no reply: not reachable, connection lost, or timeout. Whether Redis ran the command is
 * unknown. An error reply is not wrapped; it stays an {@link ErrorType}.
 */
public final class RedisUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final String LOST = "CONNECTION_CLOSED";

  private final boolean timeout;

  public RedisUnavailable(String message, Throwable cause) {
    this(message, cause, false);
  }

  private RedisUnavailable(String message, Throwable cause, boolean timeout) {
    super(message, cause, false, false);
    this.timeout = timeout;
  }

  /** True if the same command may succeed later. */
  public static boolean isTemporary(Throwable failure) {
    RedisError redisError = RedisError.of(failure);
    return failure instanceof RedisUnavailable
        || redisError != RedisError.OTHER && redisError != RedisError.WRONGTYPE;
  }

  /** No reply within the time limit. */
  public static RedisUnavailable timeout(String message) {
    return new RedisUnavailable(message, null, true);
  }

  /** True if the time limit passed; false if the connection was lost. */
  boolean timeout() {
    return timeout;
  }

  /** False for a lost connection, which the client reports as an error reply. */
  static boolean isReply(ErrorType reply) {
    return !LOST.equals(reply.getMessage());
  }

  /** An error reply as it is; any other failure as {@link RedisUnavailable}. */
  public static Throwable orReply(Throwable cause) {
    return cause instanceof ErrorType reply && isReply(reply) ? cause : of(cause);
  }

  static RedisUnavailable of(Throwable cause) {
    return cause instanceof RedisUnavailable down
        ? down
        : new RedisUnavailable(describe(cause), cause);
  }

  private static String describe(Throwable cause) {
    String message = cause.getMessage();
    return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
  }
}
