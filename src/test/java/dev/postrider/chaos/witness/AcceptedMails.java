package dev.postrider.chaos.witness;

/**
 * What a producer knows of one mail.
 *
 * @param id its own id
 * @param state how the XADD ended
 * @param entry its first entry in the stream; empty unless accepted
 * @param due Unix ms; 0 if at once
 * @param cancelledAt when Redis confirmed that it was cancelled, in Unix ms; 0 if it was not
 * @param holds whether it asked to be held if its fate is unknown
 */
public record AcceptedMails(
    String id, State state, String entry, long due, long cancelledAt, boolean holds) {

  /** How an XADD may end: without a reply, it is unknown. */
  public enum State {
    UNKNOWN,
    ACCEPTED,
    REFUSED
  }

  public boolean accepted() {
    return state == State.ACCEPTED;
  }

  /** True if it must never be sent: it was cancelled before its time. */
  boolean cancelledInTime() {
    return cancelledAt > 0 && cancelledAt < due;
  }

  /** When Redis accepted it, by Redis's clock, in Unix ms. */
  long acceptedAt() {
    return Long.parseLong(entry.substring(0, entry.indexOf('-')));
  }

  String line() {
    return String.join(
        "\t",
        id,
        state.name(),
        entry.isEmpty() ? "-" : entry,
        Long.toString(due),
        Long.toString(cancelledAt),
        Boolean.toString(holds));
  }

  static AcceptedMails parse(String line) {
    String[] fields = line.split("\t");
    return new AcceptedMails(
        fields[0],
        State.valueOf(fields[1]),
        fields[2].equals("-") ? "" : fields[2],
        Long.parseLong(fields[3]),
        Long.parseLong(fields[4]),
        Boolean.parseBoolean(fields[5]));
  }
}
