package dev.postrider.redis;

import io.vertx.redis.client.impl.types.ErrorType;
import java.util.Arrays;

/**
 * The errors of Redis: how the worker reacts to each, and what it means for operators. Errors that
 * are not listed are {@link #OTHER}.
 */
public enum RedisError {
  NOGROUP(Reaction.RECOVERED, "the consumer group is gone; it is created again at the first entry"),
  NOSCRIPT(Reaction.RECOVERED, "Redis has forgotten a script; it is sent again"),
  MOVED(Reaction.RECOVERED, "another server of the cluster has the key; the command is sent there"),
  ASK(Reaction.RECOVERED, "the key is moving to another server; the command is sent there"),
  TRYAGAIN(Reaction.WAIT, "keys of one queue are moving to another server"),
  LOADING(Reaction.WAIT, "Redis is reading its data from disk"),
  BUSY(Reaction.WAIT, "a script of another program keeps Redis busy; SCRIPT KILL ends it"),
  READONLY(Reaction.RECONNECT, "this server is a replica now; the worker looks for the master"),
  MASTERDOWN(
      Reaction.RECONNECT, "this replica has lost its master; the worker looks for the master"),
  CLUSTERDOWN(Reaction.WAIT, "the cluster has no server for this key; a failover ends this"),
  MISCONF(Reaction.WAIT, "Redis cannot write to its disk and takes no mail until it can"),
  NOREPLICAS(Reaction.WAIT, "too few replicas follow (min-replicas-to-write)"),
  OOM(Reaction.WAIT, "the memory of Redis is full: queued mail is sent, new mail is not accepted"),
  UNBLOCKED(Reaction.WAIT, "another client ended the blocking read; it starts again"),
  NOAUTH(
      Reaction.FATAL,
      "Redis requires a password, and none is set. No mail is accepted or sent. Set"
          + " quarkus.redis.password (QUARKUS_REDIS_PASSWORD), then restart"),
  WRONGPASS(
      Reaction.FATAL,
      "Redis refuses the user name or the password. No mail is accepted or sent. Correct"
          + " quarkus.redis.hosts or quarkus.redis.password and restart, or the user in Redis"),
  NOPERM(
      Reaction.FATAL,
      "the Redis user lacks a permission that the worker needs. Work that needs it waits. Grant"
          + " what deploy/redis/worker.acl lists; ACL LOG in Redis names the command or key"),
  WRONGTYPE(
      Reaction.FATAL,
      "a key of Postrider has a value of another type. Its queue waits, the others go on. RENAME"
          + " or DEL that key in Redis"),
  MAX_CLIENTS(Reaction.WAIT, "Redis accepts no further connection (maxclients)"),
  CLOSED(Reaction.WAIT, "the connection was lost; the worker connects again"),
  TIMEOUT(Reaction.WAIT, "Redis did not reply in time; the worker connects again"),
  OTHER(Reaction.WAIT, "Redis refused a command");

  /** How the worker reacts. */
  public enum Reaction {
    /** The cause is removed at once, and the command is sent again. */
    RECOVERED,
    /** The command is retried; the delay grows to 5 s. */
    WAIT,
    /** As {@link #WAIT}, on a new connection: this server is not the master. */
    RECONNECT,
    /** Retried every few seconds, but an operator must act: the worker is not ready. */
    FATAL
  }

  private static final String TOO_MANY = "ERR max number of clients";

  /** A script lacks a permission: texts before and since Redis 7.2. */
  private static final String SCRIPT_USER = "ERR The user executing the script";

  private static final String SCRIPT_ACL = "ERR ACL failure in script";

  /** Redis 6.2 hides the error of a command inside that of its script. */
  private static final String SCRIPT_ERROR = "ERR Error running script";

  private final Reaction reaction;
  private final String meaning;

  RedisError(Reaction reaction, String meaning) {
    this.reaction = reaction;
    this.meaning = meaning;
  }

  public Reaction reaction() {
    return reaction;
  }

  /** Its meaning and, if an operator must act, what to do; without a full stop. */
  public String meaning() {
    return meaning;
  }

  /** True if an operator must act. */
  public boolean isFatal() {
    return reaction == Reaction.FATAL;
  }

  public boolean needsReconnect() {
    return reaction == Reaction.RECONNECT;
  }

  /** The error that made a command fail. */
  public static RedisError of(Throwable failure) {
    if (failure instanceof RedisUnavailable down) {
      return down.getCause() instanceof ErrorType reply && RedisUnavailable.isReply(reply)
          ? parse(reply.getMessage())
          : down.timeout() ? TIMEOUT : CLOSED;
    }
    return isReply(failure) ? parse(failure.getMessage()) : OTHER;
  }

  /** True if Redis replied with an error; false if it gave no reply. */
  public static boolean isReply(Throwable failure) {
    return failure instanceof ErrorType;
  }

  private static RedisError parse(String reply) {
    if (reply.startsWith(TOO_MANY)) {
      return MAX_CLIENTS;
    }
    if (reply.startsWith(SCRIPT_USER) || reply.startsWith(SCRIPT_ACL)) {
      return NOPERM;
    }
    String code = reply.split(" ", 2)[0];
    return Arrays.stream(values())
        .filter(
            redisError -> redisError.name().equals(code) || isInsideScriptError(reply, redisError))
        .findFirst()
        .orElse(OTHER);
  }

  private static boolean isInsideScriptError(String reply, RedisError redisError) {
    return reply.startsWith(SCRIPT_ERROR) && reply.contains(" -" + redisError.name() + " ");
  }
}
