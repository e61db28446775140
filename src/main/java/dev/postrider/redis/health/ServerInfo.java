package dev.postrider.redis.health;

import dev.postrider.redis.Durability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The properties of a Redis server that mail depends on.
 *
 * @param version such as {@code 7.0.15}; empty if unknown
 * @param clockAhead its clock minus ours, from TIME; exact to half a round trip
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
   * @param max {@code maxmemory}; 0 means no limit
   * @param policy {@code maxmemory-policy}; empty if unknown
   */
  public record Memory(long used, long max, String policy) {}

  /**
   * What is written to disk.
   *
   * @param appendOnly true with an append-only file
   * @param fsync {@code appendfsync}; empty if this user may not read it
   * @param failing true if the last write to disk failed
   */
  public record Persistence(boolean appendOnly, Optional<String> fsync, boolean failing) {}

  /**
   * Its part in replication.
   *
   * @param role {@code master} or {@code slave}, as in INFO
   * @param replicas number of connected replicas
   * @param required true if {@code min-replicas-to-write} is set
   */
  public record Replication(String role, int replicas, boolean required) {}

  /**
   * @param info lines of INFO, name → value
   * @param fsync {@code appendfsync}, if known
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

  /** What may be lost. An unknown fsync policy is taken to be everysec. */
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

  /** Why a worker must not use it, with the next step; empty if it may. */
  public Optional<String> rejection() {
    if (!version.isEmpty() && tooOld()) {
      return Optional.of(
          "Redis %s is too old: Postrider needs Redis 6.2 or later. Upgrade Redis, then start again."
              .formatted(version));
    }
    if (!memory.policy().isEmpty() && !memory.policy().equals(NO_EVICTION)) {
      return Optional.of(
          ("Redis would delete mail when its memory is full: maxmemory-policy is %s."
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

  /** Problems that do not stop a worker, each with the next step. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (version.isEmpty()) {
      warnings.add(
          "Its version is unknown. Make sure that it is compatible with Redis 6.2 or later.");
    }
    if (memory.policy().isEmpty()) {
      warnings.add(
          "Its maxmemory-policy is unknown. Make sure that it is noeviction, or mail is lost"
              + " when its memory is full.");
    }
    if (persistence.failing()) {
      warnings.add("Its last write to disk failed. A restart would lose mail; see its log.");
    }
    return warnings;
  }
}
