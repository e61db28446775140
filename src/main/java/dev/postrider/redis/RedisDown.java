package dev.postrider.redis;

import io.vertx.redis.client.impl.types.ErrorType;
import java.util.Set;

/**
 * Redis gave no reply: not reachable, connection lost, or too slow. Whether the command was carried
 * out is unknown. An error that Redis did reply arrives as it is, an {@link ErrorType}.
 */
public final class RedisDown extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final String LOST = "CONNECTION_CLOSED";

  /** First words of the replies of a Redis that is there but cannot serve just now. */
  private static final Set<String> PASSING =
      Set.of("LOADING", "BUSY", "READONLY", "OOM", "MISCONF", "MASTERDOWN", "CLUSTERDOWN");

  RedisDown(String message, Throwable cause) {
    super(message, cause, false, false);
  }

  /** True if Redis gave no reply, or one that says that it cannot serve just now. */
  public static boolean mayPass(Throwable failure) {
    return failure instanceof RedisDown
        || failure instanceof ErrorType && PASSING.contains(firstWord(failure.getMessage()));
  }

  private static String firstWord(String message) {
    return message == null ? "" : message.split(" ", 2)[0];
  }

  /**
   * An error reply stays what it is; anything else means that no reply came. The client dresses a
   * lost connection up as a reply.
   */
  static Throwable orReply(Throwable cause) {
    boolean replied = cause instanceof ErrorType && !LOST.equals(cause.getMessage());
    return replied ? cause : because(cause);
  }

  static RedisDown because(Throwable cause) {
    return cause instanceof RedisDown down ? down : new RedisDown(describe(cause), cause);
  }

  private static String describe(Throwable cause) {
    String message = cause.getMessage();
    return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
  }
}
