package dev.postrider.doctor;

import dev.postrider.redis.connection.Link;
import dev.postrider.redis.health.ServerInfo;
import dev.postrider.redis.health.ServerInfoReader;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Looks at the Redis server: version, eviction, persistence, clock, memory. */
final class RedisCheck implements Check {

  /** Due times are Redis's; a worker's own clock only dates logs, so a second is no harm. */
  private static final Duration SKEW_MAX = Duration.ofSeconds(1);

  /** Of maxmemory; beyond it a burst of mail fills the rest before anybody looks. */
  private static final double FULL = 0.8;

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
  public Uni<List<Diagnosis>> look() {
    return new ServerInfoReader(link).find().map(RedisCheck::findings);
  }

  static List<Diagnosis> findings(ServerInfo facts) {
    return List.of(
        fitness(facts), eviction(facts), persistence(facts), clock(facts), memory(facts));
  }

  private static Diagnosis fitness(ServerInfo facts) {
    if (facts.version().isEmpty()) {
      return Diagnosis.warn(
          "redis version", "it does not say", "Make sure that it speaks Redis 6.2 or later.");
    }
    return facts.tooOld()
        ? Diagnosis.fail("redis version", facts.version(), "Upgrade to Redis 6.2 or later.")
        : Diagnosis.ok("redis version", facts.version());
  }

  private static Diagnosis eviction(ServerInfo facts) {
    String policy = facts.memory().policy();
    if (policy.isEmpty()) {
      return Diagnosis.warn(
          "redis eviction", "it does not say", "Make sure that maxmemory-policy is noeviction.");
    }
    return policy.equals("noeviction")
        ? Diagnosis.ok("redis eviction", policy)
        : Diagnosis.fail(
            "redis eviction",
            policy,
            "Set maxmemory-policy to noeviction, or mail is thrown away when memory is full.");
  }

  private static Diagnosis persistence(ServerInfo facts) {
    String detail = facts.durability().level() + ": " + facts.durability().risk();
    if (facts.persistence().failing()) {
      return Diagnosis.fail(
          "redis persistence",
          "the last write to disk failed",
          "Look at Redis's log and its disk: a restart would lose mail.");
    }
    return facts.persistence().appendOnly()
        ? Diagnosis.ok("redis persistence", detail)
        : Diagnosis.warn(
            "redis persistence",
            detail,
            "Set appendonly to yes if losing the mail of the last minutes would hurt.");
  }

  private static Diagnosis clock(ServerInfo facts) {
    Duration skew = facts.clockAhead();
    String detail =
        "%d ms %s of this machine's"
            .formatted(Math.abs(skew.toMillis()), skew.isNegative() ? "behind" : "ahead");
    return skew.abs().compareTo(SKEW_MAX) <= 0
        ? Diagnosis.ok("redis clock", detail)
        : Diagnosis.warn(
            "redis clock", detail, "Run NTP on both machines: mail is due by Redis's clock.");
  }

  private static Diagnosis memory(ServerInfo facts) {
    long max = facts.memory().max();
    String used = mebibytes(facts.memory().used());
    if (max == 0) {
      return Diagnosis.ok("redis memory", used + ", without bound");
    }
    String detail = used + " of " + mebibytes(max);
    return facts.memory().used() <= max * FULL
        ? Diagnosis.ok("redis memory", detail)
        : Diagnosis.warn(
            "redis memory",
            detail,
            "Give Redis more memory: when it is full, no mail is accepted.");
  }

  private static String mebibytes(long octets) {
    return String.format(Locale.ROOT, "%.1f MiB", octets / MEBIBYTE);
  }
}
