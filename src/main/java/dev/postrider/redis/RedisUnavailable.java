package dev.postrider.redis;

import io.vertx.redis.client.impl.types.ErrorType;

/**
 * Redis gave no reply: not reachable, connection lost, or too slow. Whether the command was carried
 * out is unknown. An error that Redis did reply arrives as it is, an {@link ErrorType}.
 */
public final class RedisUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final String LOST = "CONNECTION_CLOSED";

  private final boolean timeout;

  public RedisUnavailable(String message, Throwable cause) {
    this(message, cause, false);
  }

  private RedisUnavailable(String message, Throwable cause, boolean late) {
    super(message, cause, false, false);
    this.timeout = late;
  }

  /** True if Redis gave no reply, or one that says that it cannot serve just now. */
  public static boolean isTemporary(Throwable failure) {
    RedisError redisError = RedisError.of(failure);
    return failure instanceof RedisUnavailable
        || redisError != RedisError.OTHER && redisError != RedisError.WRONGTYPE;
  }

  public static RedisUnavailable timeout(String message) {
    return new RedisUnavailable(message, null, true);
  }

  /** True if time ran out, rather than a connection being lost. */
  boolean timeout() {
    return timeout;
  }

  /** The client dresses a lost connection up as a reply. */
  static boolean isReply(ErrorType reply) {
    return !LOST.equals(reply.getMessage());
  }

  /** An error reply stays what it is; anything else means that no reply came. */
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
