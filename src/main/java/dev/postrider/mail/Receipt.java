package dev.postrider.mail;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What one attempt brought: an answer for each recipient that was tried. Holds no address, so that
 * it may be shown to every user who may see the queue.
 *
 * @param route the route that was taken
 * @param answers one for each recipient tried, in envelope order
 */
public record Receipt(String route, List<Answer> answers) {

  /** Whether the server has the mail. */
  public enum Fate {
    /** The server took responsibility: 2xx to the final dot. */
    ACCEPTED,
    /** The server said no, for now (4xx) or for good (5xx). */
    REFUSED,
    /** The mail surely did not leave: no server refused it, the way or this worker did. */
    NOT_SENT,
    /** The final dot left and no answer came: RFC 1047. */
    UNKNOWN
  }

  /**
   * The fate of the mail for one recipient.
   *
   * @param index of the recipient in the envelope, from 0
   * @param fate whether the server has the mail for it
   * @param phase how far the exchange had come, such as {@code envelope} or {@code dot}
   * @param reply what the server said, if it did
   * @param cause why there is no reply; empty if there is one
   */
  public record Answer(
      int index, Fate fate, String phase, Optional<ServerReply> reply, String cause) {

    /** What the server said, or why it said nothing. */
    public String line() {
      return reply.map(ServerReply::line).orElse(cause);
    }
  }

  /**
   * A reply of RFC 5321 §4.2, addresses removed.
   *
   * @param code three digits
   * @param enhanced RFC 3463 status, such as {@code 5.1.1}
   * @param text the last line without its codes
   */
  public record ServerReply(int code, Optional<String> enhanced, String text) {

    /** Codes and text, such as {@code 550 5.1.1 No such user}. */
    public String line() {
      return code + enhanced.map(found -> " " + found).orElse("") + " " + text;
    }
  }

  /** Places of the recipients for which the server took the mail. */
  public List<Integer> acceptedIndexes() {
    return answers.stream()
        .filter(answer -> answer.fate() == Fate.ACCEPTED)
        .map(Answer::index)
        .toList();
  }

  /**
   * The answer that says most about why the mail is not done: an unknown fate, then what may
   * change, then what is final. Empty if every server has it.
   */
  public Optional<Answer> decisiveAnswer() {
    return answers.stream()
        .filter(answer -> answer.fate() != Fate.ACCEPTED)
        .min(Comparator.comparingInt(Receipt::finality));
  }

  private static int finality(Answer answer) {
    if (answer.fate() == Fate.UNKNOWN) {
      return 0;
    }
    return answer.reply().filter(reply -> reply.code() >= 500).isPresent() ? 2 : 1;
  }

  /** True if any recipient met this fate. */
  public boolean any(Fate fate) {
    for (Answer answer : answers) {
      if (answer.fate() == fate) {
        return true;
      }
    }
    return false;
  }
}
