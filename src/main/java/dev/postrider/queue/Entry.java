package dev.postrider.queue;

import java.util.Optional;

/**
 * One entry of a ready stream as it was read: nothing in it is checked yet.
 *
 * @param queue whose stream it is
 * @param id the stream's id of it, {@code <ms>-<n>} by Redis's clock
 * @param mail the mail's JSON; empty if the entry has no such field
 * @param progress what Postrider itself noted about earlier attempts; empty for a producer's entry
 * @param traceparent W3C trace context of the producer
 * @param format of both; 1 unless a newer version of Postrider wrote them
 * @param deleted somebody removed it from the stream while it was pending: its content is gone
 * @param orphaned a worker died with it in hand
 * @param intended a worker that is gone noted that its end was about to leave: the server may have
 *     it
 */
@SuppressWarnings("ArrayRecordComponent") // The bytes are Redis's reply; copying them is waste.
public record Entry(
    String queue,
    String id,
    Optional<byte[]> mail,
    Optional<byte[]> progress,
    Optional<String> traceparent,
    int format,
    boolean deleted,
    boolean orphaned,
    boolean intended) {

  /** An entry whose readers are all alive. */
  public Entry(
      String queue,
      String id,
      Optional<byte[]> mail,
      Optional<byte[]> progress,
      Optional<String> traceparent,
      boolean deleted) {
    this(queue, id, mail, progress, traceparent, EntryFormat.KNOWN, deleted, false, false);
  }

  /** True if this version cannot read it. */
  boolean newer() {
    return format > EntryFormat.KNOWN;
  }

  /** Bytes held in memory while the entry is in flight. */
  public int size() {
    return mail.map(bytes -> bytes.length).orElse(0);
  }

  /** When Redis stored the entry, in ms by its clock. */
  public long storedAt() {
    return Long.parseLong(id.substring(0, id.indexOf('-')));
  }
}
