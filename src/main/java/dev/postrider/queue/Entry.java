package dev.postrider.queue;

import dev.postrider.queue.consumer.DeliveryCount;
import dev.postrider.queue.consumer.LeaseTerm;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One entry of a ready stream as it was read: nothing in it is checked yet.
 *
 * @param id the stream's id of it, {@code <ms>-<n>} by Redis's clock
 * @param mail the mail's JSON; empty if the entry has no such field
 * @param progress Postrider's own record of earlier attempts; empty for a producer's entry
 * @param traceparent W3C trace context of the producer
 * @param format of both; 1 unless a newer version of Postrider wrote them
 * @param reading by whom and when it was read
 */
@SuppressWarnings("ArrayRecordComponent") // The bytes are Redis's reply; copying them is waste.
public record Entry(
    String queue,
    String id,
    Optional<byte[]> mail,
    Optional<byte[]> progress,
    Optional<String> traceparent,
    int format,
    Presence presence,
    Reading reading) {

  /** Whether the stream still has the entry. */
  public enum Presence {
    IN_STREAM,
    /** Deleted while it was pending: its content is gone. */
    DELETED
  }

  /**
   * By whom and when an entry was read.
   *
   * @param deliveries what Redis records about its readers
   * @param term of the lease, from before the entry was asked for
   */
  public record Reading(DeliveryCount deliveries, LeaseTerm term) {

    /** Of entries that are read for the first time. */
    public static Reading first(LeaseTerm term) {
      return new Reading(DeliveryCount.FIRST, term);
    }
  }

  /** An entry of a known format that is read for the first time. */
  public Entry(
      String queue,
      String id,
      Optional<byte[]> mail,
      Optional<byte[]> progress,
      Optional<String> traceparent,
      Reading reading) {
    this(queue, id, mail, progress, traceparent, EntryFormat.KNOWN, Presence.IN_STREAM, reading);
  }

  /** What Redis records about its readers. */
  public DeliveryCount deliveries() {
    return reading.deliveries();
  }

  /** The lease in which it was asked for. */
  public LeaseTerm term() {
    return reading.term();
  }

  /** True if this version cannot read it. */
  boolean hasNewerFormat() {
    return format > EntryFormat.KNOWN;
  }

  /** The intent that the delivery count may bear if the entry is still its reader's; in digits. */
  byte[] expectedIntent() {
    long read = deliveries().intent();
    return read == 0
        ? term().writtenToken()
        : Long.toString(read).getBytes(StandardCharsets.US_ASCII);
  }

  /** Bytes held in memory while the entry is in flight. */
  public int size() {
    return mail.map(bytes -> bytes.length).orElse(0);
  }
}
