package dev.postrider.support.smtpserver;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What a server has counted since its start. Safe to read from any thread. */
public final class ServerCounters {

  private final AtomicLong connections = new AtomicLong();
  private final AtomicInteger open = new AtomicInteger();
  private final LongAdder mails = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final Map<ProtocolViolation, LongAdder> protocolViolations =
      new EnumMap<>(ProtocolViolation.class);

  ServerCounters() {
    for (ProtocolViolation protocolViolation : ProtocolViolation.values()) {
      protocolViolations.put(protocolViolation, new LongAdder());
    }
  }

  /** Connections since the start. */
  public long connections() {
    return connections.get();
  }

  /** Connections open now. */
  public int open() {
    return open.get();
  }

  /** Mails taken. */
  public long mails() {
    return mails.sum();
  }

  /** Content bytes of the mails taken, as they came on the wire. */
  public long bytes() {
    return bytes.sum();
  }

  /** The faults seen and how often; empty if every client was correct. */
  public Map<ProtocolViolation, Long> violations() {
    Map<ProtocolViolation, Long> seen = new EnumMap<>(ProtocolViolation.class);
    protocolViolations.forEach(
        (protocolViolation, count) -> seen.put(protocolViolation, count.sum()));
    seen.values().removeIf(count -> count == 0);
    return seen;
  }

  long connected() {
    open.incrementAndGet();
    return connections.incrementAndGet();
  }

  void disconnected() {
    open.decrementAndGet();
  }

  void countMail(long size) {
    mails.increment();
    bytes.add(size);
  }

  void countViolation(ProtocolViolation protocolViolation) {
    protocolViolations.get(protocolViolation).increment();
  }
}
