package dev.postrider.redis;

/** What Redis may lose of the data that it has acknowledged; the levels of the reference page. */
public enum Durability {
  /** No append-only file. */
  SNAPSHOTS("L0", "no append-only file: a restart loses everything since the last snapshot"),

  /** appendfsync no: the operating system decides when to write. */
  UNTIMED(
      "L0", "append-only file, appendfsync no: a power failure loses up to 30 s of accepted mail"),

  /** appendfsync everysec, the usual setting. */
  EVERY_SECOND(
      "L1",
      "append-only file, written every second: a power failure loses up to 1 s of accepted mail,"
          + " and mail settled in that second is sent twice; a crash of Redis alone loses nothing"),

  /** appendfsync always: on disk before the reply. */
  ALWAYS("L2", "append-only file, written before each reply: only the loss of the disk loses mail"),

  /** Writes are refused while too few replicas are connected. */
  REPLICATED(
      "L4",
      "append-only file and min-replicas-to-write: a failover loses what the replicas had not yet"
          + " received, at most min-replicas-max-lag seconds");

  private final String level;
  private final String risk;

  Durability(String level, String risk) {
    this.level = level;
    this.risk = risk;
  }

  /** {@code L0} to {@code L4}. L3 is chosen by producers (WAITAOF); no server reports it. */
  public String level() {
    return level;
  }

  /** The setting and what can be lost, for log lines. */
  public String risk() {
    return risk;
  }
}
