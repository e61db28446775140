package dev.postrider.dev.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Identifies a process, also after its number is used again.
 *
 * @param pid its number
 * @param startedAt its start by the system clock, which may have been set by a few seconds
 */
public record ProcessIdentity(long pid, Instant startedAt) {

  private static final Duration CLOCK_ERROR = Duration.ofSeconds(10);

  static ProcessIdentity of(ProcessHandle process) {
    return new ProcessIdentity(process.pid(), startOf(process));
  }

  /** The process, while it runs. */
  public Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isSame);
  }

  boolean isThisProcess() {
    return pid == ProcessHandle.current().pid() && process().isPresent();
  }

  private boolean isSame(ProcessHandle candidate) {
    return Duration.between(startedAt, startOf(candidate)).abs().compareTo(CLOCK_ERROR) < 0;
  }

  private static Instant startOf(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.EPOCH);
  }
}
