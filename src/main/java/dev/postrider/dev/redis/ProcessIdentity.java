package dev.postrider.dev.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that can be told from a later one with the same number.
 *
 * @param pid its number
 * @param startedAt when it started, as the system says; a few seconds off if its clock was set
 */
public record ProcessIdentity(long pid, Instant startedAt) {

  private static final Duration CLOCK_ERROR = Duration.ofSeconds(10);

  static ProcessIdentity of(ProcessHandle process) {
    return new ProcessIdentity(process.pid(), startOf(process));
  }

  /** The process, while it lives. */
  public Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::same);
  }

  boolean mine() {
    return pid == ProcessHandle.current().pid() && process().isPresent();
  }

  private boolean same(ProcessHandle candidate) {
    return Duration.between(startedAt, startOf(candidate)).abs().compareTo(CLOCK_ERROR) < 0;
  }

  private static Instant startOf(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.EPOCH);
  }
}
