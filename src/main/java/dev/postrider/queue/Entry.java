package dev.postrider.queue;

import java.util.Optional;

/**
 * One entry of a ready stream as it was read: nothing in it is checked yet.
 *
 * @param id the stream's id of it, {@code <ms>-<n>} by Redis's clock
 * @param mail the mail's JSON; empty if the entry has no such field
 * @param progress Postrider's own record of earlier attempts; empty for a producer's entry
 * @param traceparent W3C trace context of the producer
 * @param format of both; 1 unless a newer version of Postrider wrote them
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
    EarlierReader earlierReader) {

  /** Whether the stream still has the entry. */
  public enum Presence {
    IN_STREAM,
    /** Deleted while it was pending: its content is gone. */
    DELETED
  }

  /** Whether the lease of an earlier reader expired before the entry was settled. */
  public enum EarlierReader {
    NONE,
    LOST,
    /** It had recorded that it was about to end the mail: the server may have it. */
    LOST_WHILE_SENDING
  }

  /** An entry of a known format that is read for the first time. */
  public Entry(
      String queue,
      String id,
      Optional<byte[]> mail,
      Optional<byte[]> progress,
      Optional<String> traceparent) {
    this(
        queue,
        id,
        mail,
        progress,
        traceparent,
        EntryFormat.KNOWN,
        Presence.IN_STREAM,
        EarlierReader.NONE);
  }

  /** True if this version cannot read it. */
  boolean hasNewerFormat() {
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
