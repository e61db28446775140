package dev.postrider.queue.consumer;

/**
 * The delivery count of a pending entry, which Postrider uses as a record of its readers: the token
 * of the term in which the final dot was about to leave, times {@value #MARK}, plus twice the
 * deaths of readers that had started the mail, plus 1 if its present owner has started it. The 1
 * that Redis itself writes for a new entry means: started, no deaths.
 *
 * @param value as Redis has it
 */
public record DeliveryCount(long value) {

  /** One unit of the token: the counts of readers stay below it. */
  public static final int MARK = 1_000_000;

  /** So many readers died with a mail that it may be the cause: it is tried alone. */
  public static final int SUSPECT = 2;

  /** Of an entry that is read for the first time. */
  public static final DeliveryCount FIRST = new DeliveryCount(1);

  /** Whether an earlier reader was lost before the entry was settled. */
  public enum EarlierReader {
    NONE,
    LOST,
    /** It had recorded that it was about to end the mail: the server may have it. */
    LOST_WHILE_SENDING
  }

  /** The token of the term in which the final dot was about to leave; 0 if there was none. */
  public long intent() {
    return value / MARK;
  }

  /** Readers that died after they had started the mail. */
  public int deaths() {
    return (int) (value % MARK / 2);
  }

  /** True if no other such mail may be in flight at the same time. */
  public boolean isSuspect() {
    return deaths() >= SUSPECT;
  }

  /** What became of earlier readers. */
  public EarlierReader earlierReader() {
    if (intent() > 0) {
      return EarlierReader.LOST_WHILE_SENDING;
    }
    return deaths() > 0 ? EarlierReader.LOST : EarlierReader.NONE;
  }
}
