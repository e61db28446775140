package dev.postrider.redis;

import io.vertx.redis.client.impl.types.ErrorType;
import java.util.Arrays;

/**
 * Everything that Redis is known to answer instead of an answer: what is done about it, and what it
 * means for people. A closed list; what is not in it is {@link #OTHER}.
 */
public enum RedisError {
  NOGROUP(Reaction.RECOVERED, "the consumer group is gone; it is made again from the first entry"),
  NOSCRIPT(Reaction.RECOVERED, "Redis has forgotten a script; it is sent again"),
  MOVED(Reaction.RECOVERED, "the key lives on another server of the cluster; it is asked there"),
  ASK(Reaction.RECOVERED, "the key is on its way to another server; it is asked there"),
  TRYAGAIN(Reaction.WAIT, "keys of one queue are on their way to another server"),
  LOADING(Reaction.WAIT, "Redis is reading its data from disk"),
  BUSY(Reaction.WAIT, "a script of somebody else keeps Redis busy; SCRIPT KILL ends it"),
  READONLY(Reaction.RECONNECT, "this server is a replica now; the master is looked for"),
  MASTERDOWN(Reaction.RECONNECT, "this replica has lost its master; the master is looked for"),
  CLUSTERDOWN(Reaction.WAIT, "the cluster has no server for this key; a failover mends it"),
  MISCONF(Reaction.WAIT, "Redis cannot write to its disk and takes no mail until it can"),
  NOREPLICAS(Reaction.WAIT, "too few replicas follow (min-replicas-to-write)"),
  OOM(Reaction.WAIT, "the memory of Redis is full: what is there is sent, nothing new is taken"),
  UNBLOCKED(Reaction.WAIT, "the wait for mail was ended from outside; it begins again"),
  NOAUTH(
      Reaction.FATAL,
      "Redis asks for a password, and none is set. No mail is taken or sent. Set"
          + " quarkus.redis.password (QUARKUS_REDIS_PASSWORD), then restart"),
  WRONGPASS(
      Reaction.FATAL,
      "Redis refuses the user name or the password. No mail is taken or sent. Correct"
          + " quarkus.redis.hosts or quarkus.redis.password and restart, or mend the user in Redis"),
  NOPERM(
      Reaction.FATAL,
      "the Redis user lacks a right that the worker needs. What needs it waits. Grant what"
          + " deploy/redis/worker.acl lists; ACL LOG in Redis names the command or key"),
  WRONGTYPE(
      Reaction.FATAL,
      "a key of Postrider holds something else. Its queue waits, the others go on. RENAME or DEL"
          + " that key in Redis"),
  MAX_CLIENTS(Reaction.WAIT, "Redis has no room for another connection (maxclients)"),
  CLOSED(Reaction.WAIT, "the connection was lost; it is dialled again"),
  TIMEOUT(Reaction.WAIT, "Redis did not answer in time; the connection is dialled again"),
  OTHER(Reaction.WAIT, "Redis refused a command");

  /** What is done about it. */
  public enum Reaction {
    /** Put right on the spot. */
    RECOVERED,
    /** Tried again after a pause that grows to 5 s. */
    WAIT,
    /** As {@link #WAIT}, on a new connection: this is the wrong server. */
    RECONNECT,
    /** Tried again every few seconds, but a person has to act: the worker is not ready. */
    FATAL
  }

  private static final String TOO_MANY = "ERR max number of clients";

  /** How scripts report that their user may not do something, before and since Redis 7.2. */
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

  /** What is done about it. */
  public Reaction reaction() {
    return reaction;
  }

  /** What it means and, where a person has to act, what to do; without a full stop. */
  public String meaning() {
    return meaning;
  }

  /** True if only a person can put it right. */
  public boolean isFatal() {
    return reaction == Reaction.FATAL;
  }

  public boolean needsReconnect() {
    return reaction == Reaction.RECONNECT;
  }

  /** Which of them a failure of a command is. */
  public static RedisError of(Throwable failure) {
    if (failure instanceof RedisUnavailable down) {
      return down.getCause() instanceof ErrorType reply && RedisUnavailable.isReply(reply)
          ? parse(reply.getMessage())
          : down.timeout() ? TIMEOUT : CLOSED;
    }
    return failure instanceof ErrorType ? parse(failure.getMessage()) : OTHER;
  }

  private static RedisError parse(String reply) {
    if (reply.startsWith(TOO_MANY)) {
      return MAX_CLIENTS;
    }
    if (reply.startsWith(SCRIPT_USER) || reply.startsWith(SCRIPT_ACL)) {
      return NOPERM;
    }
    String word = reply.split(" ", 2)[0];
    return Arrays.stream(values())
        .filter(
            redisError -> redisError.name().equals(word) || isInsideScriptError(reply, redisError))
        .findFirst()
        .orElse(OTHER);
  }

  private static boolean isInsideScriptError(String reply, RedisError redisError) {
    return reply.startsWith(SCRIPT_ERROR) && reply.contains(" -" + redisError.name() + " ");
  }
}
