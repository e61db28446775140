package dev.postrider.mail;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What one attempt brought: an answer for each recipient that was tried. Holds no address, so that
 * it may be shown to every user who may see the queue.
 *
 * @param route the route that was taken
 * @param answers one for each recipient tried, in envelope order
 */
public record Receipt(String route, List<Answer> answers) {

  /** The phase of a mail that waited for a connection and got none: no server was asked. */
  public static final String WAITING = "waiting";

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
   * @param meaning what follows; empty if nothing was refused or lost
   */
  public record Answer(
      int index,
      Fate fate,
      String phase,
      Optional<ServerReply> reply,
      String cause,
      Optional<ReplyMeaning> meaning) {

    /** An answer without a meaning of its own. */
    public Answer(int index, Fate fate, String phase, Optional<ServerReply> reply, String cause) {
      this(index, fate, phase, reply, cause, Optional.empty());
    }

    private Answer ended() {
      ReplyMeaning end =
          new ReplyMeaning(Scope.ADDRESS, Reaction.REFUSE, Optional.empty(), "No more attempts");
      return new Answer(index, fate, phase, reply, cause, Optional.of(end));
    }

    /** What to do about it; a mail that was accepted, or may have been, has no reaction. */
    public Optional<Reaction> reaction() {
      return meaning.map(ReplyMeaning::reaction);
    }

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
   * @param text all lines without their codes, joined by a space; at most {@value #TEXT_MAX}
   *     characters
   */
  public record ServerReply(int code, Optional<String> enhanced, String text) {

    /** Most characters of a reply that are kept. */
    public static final int TEXT_MAX = 1_000;

    /** Codes and text, such as {@code 550 5.1.1 No such user}; at most {@value #TEXT_MAX}. */
    public String line() {
      return cut(code + enhanced.map(found -> " " + found).orElse("") + " " + text);
    }

    /** Its beginning: between two characters, not within one that takes two {@code char}s. */
    public static String cut(String text) {
      if (text.length() <= TEXT_MAX) {
        return text;
      }
      boolean within = Character.isHighSurrogate(text.charAt(TEXT_MAX - 1));
      return text.substring(0, within ? TEXT_MAX - 1 : TEXT_MAX);
    }
  }

  /** The same, where what these answers say is final. */
  public Receipt ending(Predicate<Answer> which) {
    return new Receipt(
        route,
        answers.stream().map(answer -> which.test(answer) ? answer.ended() : answer).toList());
  }

  /** Places of the recipients for which the server took the mail. */
  public List<Integer> acceptedIndexes() {
    return answers.stream()
        .filter(answer -> answer.fate() == Fate.ACCEPTED)
        .map(Answer::index)
        .toList();
  }

  /** Places of the recipients that were refused for good, with the code of the reply. */
  public Map<Integer, Integer> refusedForGood() {
    Map<Integer, Integer> refused = new TreeMap<>();
    for (Answer answer : answers) {
      if (answer.reply().isPresent() && answer.reaction().filter(Reaction::isFinal).isPresent()) {
        refused.put(answer.index(), answer.reply().get().code());
      }
    }
    return refused;
  }

  /**
   * The answer that decides why the mail is not done: an unknown fate, then what uses up an
   * attempt, then what the mail waits for without one, then what is final. Empty if every server
   * has it.
   */
  public Optional<Answer> decisiveAnswer() {
    return answers.stream()
        .filter(answer -> answer.fate() != Fate.ACCEPTED)
        .min(Comparator.comparingInt(Receipt::rank));
  }

  private static int rank(Answer answer) {
    if (answer.fate() == Fate.UNKNOWN) {
      return 0;
    }
    return answer.meaning().map(ReplyMeaning::rank).orElse(1);
  }

  /** True if the mail got no connection, so that nothing was tried. */
  public boolean untried() {
    return !answers.isEmpty() && answers.get(0).phase().equals(WAITING);
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
