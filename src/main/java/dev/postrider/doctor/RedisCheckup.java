package dev.postrider.doctor;

import dev.postrider.redis.FactFinder;
import dev.postrider.redis.Link;
import dev.postrider.redis.ServerFacts;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Looks at the Redis server: version, eviction, persistence, clock, memory. */
final class RedisCheckup implements Checkup {

  /** Due times are Redis's; a worker's own clock only dates logs, so a second is no harm. */
  private static final Duration SKEW_MAX = Duration.ofSeconds(1);

  /** Of maxmemory; beyond it a burst of mail fills the rest before anybody looks. */
  private static final double FULL = 0.8;

  private static final double MEBIBYTE = 1024.0 * 1024.0;

  private final Link link;

  RedisCheckup(Link link) {
    this.link = link;
  }

  @Override
  public String subject() {
    return "redis";
  }

  @Override
  @CheckReturnValue
  public Uni<List<Finding>> look() {
    return new FactFinder(link).find().map(RedisCheckup::findings);
  }

  static List<Finding> findings(ServerFacts facts) {
    return List.of(
        fitness(facts), eviction(facts), persistence(facts), clock(facts), memory(facts));
  }

  private static Finding fitness(ServerFacts facts) {
    if (facts.version().isEmpty()) {
      return Finding.warn(
          "redis version", "it does not say", "Make sure that it speaks Redis 6.2 or later.");
    }
    return facts.tooOld()
        ? Finding.fail("redis version", facts.version(), "Upgrade to Redis 6.2 or later.")
        : Finding.ok("redis version", facts.version());
  }

  private static Finding eviction(ServerFacts facts) {
    String policy = facts.memory().policy();
    if (policy.isEmpty()) {
      return Finding.warn(
          "redis eviction", "it does not say", "Make sure that maxmemory-policy is noeviction.");
    }
    return policy.equals("noeviction")
        ? Finding.ok("redis eviction", policy)
        : Finding.fail(
            "redis eviction",
            policy,
            "Set maxmemory-policy to noeviction, or mail is thrown away when memory is full.");
  }

  private static Finding persistence(ServerFacts facts) {
    String detail = facts.durability().level() + ": " + facts.durability().risk();
    if (facts.persistence().failing()) {
      return Finding.fail(
          "redis persistence",
          "the last write to disk failed",
          "Look at Redis's log and its disk: a restart would lose mail.");
    }
    return facts.persistence().appendOnly()
        ? Finding.ok("redis persistence", detail)
        : Finding.warn(
            "redis persistence",
            detail,
            "Set appendonly to yes if losing the mail of the last minutes would hurt.");
  }

  private static Finding clock(ServerFacts facts) {
    Duration skew = facts.clockAhead();
    String detail =
        "%d ms %s of this machine's"
            .formatted(Math.abs(skew.toMillis()), skew.isNegative() ? "behind" : "ahead");
    return skew.abs().compareTo(SKEW_MAX) <= 0
        ? Finding.ok("redis clock", detail)
        : Finding.warn(
            "redis clock", detail, "Run NTP on both machines: mail is due by Redis's clock.");
  }

  private static Finding memory(ServerFacts facts) {
    long max = facts.memory().max();
    String used = mebibytes(facts.memory().used());
    if (max == 0) {
      return Finding.ok("redis memory", used + ", without bound");
    }
    String detail = used + " of " + mebibytes(max);
    return facts.memory().used() <= max * FULL
        ? Finding.ok("redis memory", detail)
        : Finding.warn(
            "redis memory",
            detail,
            "Give Redis more memory: when it is full, no mail is accepted.");
  }

  private static String mebibytes(long octets) {
    return String.format(Locale.ROOT, "%.1f MiB", octets / MEBIBYTE);
  }
}
