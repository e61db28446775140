package dev.postrider.doctor;

import dev.postrider.redis.connection.Link;
import dev.postrider.redis.health.ServerInfo;
import dev.postrider.redis.health.ServerInfoReader;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Checks the Redis server: version, eviction, persistence, clock, memory. */
final class RedisCheck implements Check {

  /** Due times follow Redis's clock; the worker's clock is used in logs only. */
  private static final Duration SKEW_MAX = Duration.ofSeconds(1);

  /** Part of maxmemory; above it a burst of mail may fill the memory before an operator acts. */
  private static final double FULL_ABOVE = 0.8;

  private static final double MEBIBYTE = 1024.0 * 1024.0;

  private final Link link;

  RedisCheck(Link link) {
    this.link = link;
  }

  @Override
  public String subject() {
    return "redis";
  }

  @Override
  @CheckReturnValue
  public Uni<List<Diagnosis>> run() {
    return new ServerInfoReader(link).read().map(RedisCheck::diagnoses);
  }

  static List<Diagnosis> diagnoses(ServerInfo serverInfo) {
    return List.of(
        version(serverInfo),
        eviction(serverInfo),
        persistence(serverInfo),
        clock(serverInfo),
        memory(serverInfo));
  }

  private static Diagnosis version(ServerInfo serverInfo) {
    if (serverInfo.version().isEmpty()) {
      return Diagnosis.warn(
          "redis version", "not shown", "Make sure that it is Redis 6.2 or later.");
    }
    return serverInfo.tooOld()
        ? Diagnosis.fail("redis version", serverInfo.version(), "Upgrade to Redis 6.2 or later.")
        : Diagnosis.ok("redis version", serverInfo.version());
  }

  private static Diagnosis eviction(ServerInfo serverInfo) {
    String policy = serverInfo.memory().policy();
    if (policy.isEmpty()) {
      return Diagnosis.warn(
          "redis eviction", "not shown", "Make sure that maxmemory-policy is noeviction.");
    }
    return policy.equals("noeviction")
        ? Diagnosis.ok("redis eviction", policy)
        : Diagnosis.fail(
            "redis eviction",
            policy,
            "Set maxmemory-policy to noeviction; otherwise Redis deletes mail when memory is full.");
  }

  private static Diagnosis persistence(ServerInfo serverInfo) {
    String detail = serverInfo.durability().level() + ": " + serverInfo.durability().risk();
    if (serverInfo.persistence().failing()) {
      return Diagnosis.fail(
          "redis persistence",
          "the last write to disk failed",
          "Check Redis's log and its disk: a restart would lose mail.");
    }
    return serverInfo.persistence().appendOnly()
        ? Diagnosis.ok("redis persistence", detail)
        : Diagnosis.warn(
            "redis persistence",
            detail,
            "Set appendonly to yes if you must not lose the mail of the last minutes.");
  }

  private static Diagnosis clock(ServerInfo serverInfo) {
    Duration skew = serverInfo.clockAhead();
    String detail =
        "%d ms %s of this machine's"
            .formatted(Math.abs(skew.toMillis()), skew.isNegative() ? "behind" : "ahead");
    return skew.abs().compareTo(SKEW_MAX) <= 0
        ? Diagnosis.ok("redis clock", detail)
        : Diagnosis.warn(
            "redis clock", detail, "Run NTP on both machines: mail is due by Redis's clock.");
  }

  private static Diagnosis memory(ServerInfo serverInfo) {
    long max = serverInfo.memory().max();
    String used = mebibytes(serverInfo.memory().used());
    if (max == 0) {
      return Diagnosis.ok("redis memory", used + ", no maxmemory");
    }
    String detail = used + " of " + mebibytes(max);
    return serverInfo.memory().used() <= max * FULL_ABOVE
        ? Diagnosis.ok("redis memory", detail)
        : Diagnosis.warn(
            "redis memory",
            detail,
            "Give Redis more memory: when it is full, no mail is accepted.");
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / MEBIBYTE);
  }
}
