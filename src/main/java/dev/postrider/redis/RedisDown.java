package dev.postrider.redis;

import io.vertx.redis.client.impl.types.ErrorType;

/**
 * Redis gave no reply: not reachable, connection lost, or too slow. Whether the command was carried
 * out is unknown. An error that Redis did reply arrives as it is, an {@link ErrorType}.
 */
public final class RedisDown extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final String LOST = "CONNECTION_CLOSED";

  private final boolean late;

  RedisDown(String message, Throwable cause) {
    this(message, cause, false);
  }

  private RedisDown(String message, Throwable cause, boolean late) {
    super(message, cause, false, false);
    this.late = late;
  }

  /** True if Redis gave no reply, or one that says that it cannot serve just now. */
  public static boolean mayPass(Throwable failure) {
    Trouble trouble = Trouble.of(failure);
    return failure instanceof RedisDown || trouble != Trouble.OTHER && trouble != Trouble.WRONGTYPE;
  }

  static RedisDown late(String message) {
    return new RedisDown(message, null, true);
  }

  /** True if time ran out, rather than a connection being lost. */
  boolean late() {
    return late;
  }

  /** The client dresses a lost connection up as a reply. */
  static boolean replied(ErrorType reply) {
    return !LOST.equals(reply.getMessage());
  }

  /** An error reply stays what it is; anything else means that no reply came. */
  static Throwable orReply(Throwable cause) {
    return cause instanceof ErrorType reply && replied(reply) ? cause : because(cause);
  }

  static RedisDown because(Throwable cause) {
    return cause instanceof RedisDown down ? down : new RedisDown(describe(cause), cause);
  }

  private static String describe(Throwable cause) {
    String message = cause.getMessage();
    return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
  }
}
