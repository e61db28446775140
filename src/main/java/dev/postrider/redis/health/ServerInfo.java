package dev.postrider.redis.health;

import dev.postrider.redis.Durability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a Redis server says about itself, as far as mail depends on it.
 *
 * @param version such as {@code 7.0.15}; empty if it does not say
 * @param memory what it holds and may hold
 * @param persistence what it has on disk
 * @param replication who follows it
 * @param clockAhead its clock less ours, by TIME; half a round trip uncertain
 */
public record ServerInfo(
    String version,
    Memory memory,
    Persistence persistence,
    Replication replication,
    Duration clockAhead) {

  private static final int MAJOR_MIN = 6;
  private static final int MINOR_MIN = 2;
  private static final String NO_EVICTION = "noeviction";

  /**
   * Memory in bytes.
   *
   * @param used by data and buffers
   * @param max {@code maxmemory}; 0 means without bound
   * @param policy {@code maxmemory-policy}; empty if it does not say
   */
  public record Memory(long used, long max, String policy) {}

  /**
   * The disk.
   *
   * @param appendOnly true if each write goes to an append-only file
   * @param fsync {@code appendfsync}; empty if this user may not know
   * @param failing true if the last write to disk failed
   */
  public record Persistence(boolean appendOnly, Optional<String> fsync, boolean failing) {}

  /**
   * The others.
   *
   * @param role {@code master} or {@code slave}, as INFO says
   * @param replicas that are connected
   * @param required true if {@code min-replicas-to-write} is set
   */
  public record Replication(String role, int replicas, boolean required) {}

  /**
   * Reads them from the reply of INFO.
   *
   * @param info its lines, name → value
   * @param fsync {@code appendfsync}, if it is known
   */
  static ServerInfo of(Map<String, String> info, Optional<String> fsync, Duration clockAhead) {
    return new ServerInfo(
        info.getOrDefault("redis_version", ""),
        new Memory(
            number(info, "used_memory"),
            number(info, "maxmemory"),
            info.getOrDefault("maxmemory_policy", "")),
        new Persistence(
            "1".equals(info.get("aof_enabled")),
            fsync,
            "err".equals(info.get("aof_last_write_status"))
                || "err".equals(info.get("rdb_last_bgsave_status"))),
        new Replication(
            info.getOrDefault("role", ""),
            (int) number(info, "connected_slaves"),
            info.containsKey("min_slaves_good_slaves")),
        clockAhead);
  }

  private static long number(Map<String, String> info, String name) {
    String digits = info.getOrDefault(name, "");
    return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : 0;
  }

  /** What may be lost; where the fsync policy is not known, the usual one is assumed. */
  public Durability durability() {
    if (!persistence.appendOnly()) {
      return Durability.SNAPSHOTS;
    }
    if (replication.required()) {
      return Durability.REPLICATED;
    }
    return switch (persistence.fsync().orElse("")) {
      case "always" -> Durability.ALWAYS;
      case "no" -> Durability.UNTIMED;
      default -> Durability.EVERY_SECOND;
    };
  }

  /** Why no mail may be trusted to it, with the next step; empty if it is fit. */
  public Optional<String> rejection() {
    if (!version.isEmpty() && tooOld()) {
      return Optional.of(
          "Redis %s is too old: Postrider needs Redis 6.2 or later. Upgrade Redis, then start again."
              .formatted(version));
    }
    if (!memory.policy().isEmpty() && !memory.policy().equals(NO_EVICTION)) {
      return Optional.of(
          ("Redis would throw mail away when its memory is full: maxmemory-policy is %s."
                  + " Set it to noeviction (CONFIG SET maxmemory-policy noeviction, and in"
                  + " redis.conf), then start again.")
              .formatted(memory.policy()));
    }
    return Optional.empty();
  }

  /** True if it is older than Redis 6.2. */
  public boolean tooOld() {
    String[] parts = version.split("\\.", 3);
    int major = part(parts, 0);
    return major < MAJOR_MIN || major == MAJOR_MIN && part(parts, 1) < MINOR_MIN;
  }

  private static int part(String[] parts, int index) {
    return index < parts.length && parts[index].matches("[0-9]{1,6}")
        ? Integer.parseInt(parts[index])
        : 0;
  }

  /** What it does not say or does not do well, each with the next step. */
  public List<String> warnings() {
    List<String> doubts = new ArrayList<>();
    if (version.isEmpty()) {
      doubts.add("It does not tell its version. Make sure that it speaks Redis 6.2 or later.");
    }
    if (memory.policy().isEmpty()) {
      doubts.add(
          "It does not tell its maxmemory-policy. Make sure that it is noeviction, or mail is lost"
              + " when its memory is full.");
    }
    if (persistence.failing()) {
      doubts.add("Its last write to disk failed. A restart would lose mail; see its log.");
    }
    return doubts;
  }
}
