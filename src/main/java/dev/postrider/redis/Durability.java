package dev.postrider.redis;

/** How much Redis may forget of what it has acknowledged; the levels of the reference page. */
public enum Durability {
  /** Snapshots at most. */
  SNAPSHOTS("L0", "no append-only file: a restart loses everything since the last snapshot"),

  /** The operating system decides when to write. */
  UNTIMED(
      "L0", "append-only file, appendfsync no: a power failure loses up to 30 s of accepted mail"),

  /** What most installations run. */
  EVERY_SECOND(
      "L1",
      "append-only file, written every second: a power failure loses up to 1 s of accepted mail,"
          + " and mail settled in that second is sent twice; a crash of Redis alone loses nothing"),

  /** Nothing is acknowledged before it is on disk. */
  ALWAYS("L2", "append-only file, written before each reply: only the loss of the disk loses mail"),

  /** Writes are refused while too few replicas follow. */
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

  /** {@code L0} to {@code L4}; L3 is a choice of producers (WAITAOF), which no server shows. */
  public String level() {
    return level;
  }

  /** What it is and what can be lost, for people. */
  public String risk() {
    return risk;
  }
}
