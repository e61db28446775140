package dev.postrider.queue.deadletter;

import java.util.Arrays;
import java.util.Optional;

/**
 * The dead or the held mail of one queue.
 *
 * @param queue its name
 * @param kind which of the two streams
 */
public record DeadLetterStream(String queue, Kind kind) {

  /** Why mail is there. */
  public enum Kind {
    /** Given up. */
    DEAD("dead"),
    /** It is unknown whether the server has it. */
    HELD("held");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** The word of the contract. */
    public String word() {
      return word;
    }

    /** The kind of a word; empty if it names none. */
    public static Optional<Kind> of(String word) {
      return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }
  }
}
