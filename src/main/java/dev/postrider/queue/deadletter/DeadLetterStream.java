package dev.postrider.queue.deadletter;

import java.util.Arrays;
import java.util.Optional;

/**
 * One part of the graveyard: what of one queue is dead, or what of it is held.
 *
 * @param queue its name
 * @param kind which of the two streams
 */
public record DeadLetterStream(String queue, Kind kind) {

  /** Why mail lies there. */
  public enum Kind {
    /** Given up. */
    DEAD("dead"),
    /** Nobody knows whether the server has it. */
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
