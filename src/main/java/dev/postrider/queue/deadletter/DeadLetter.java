package dev.postrider.queue.deadletter;

import dev.postrider.queue.AttemptHistory;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A mail that will not be sent by itself any more, without its content.
 *
 * @param stream where it lies
 * @param entry its id in the dead or the held stream
 * @param mailId its name in events and history
 * @param at when it became dead or held, in ms by Redis's clock
 * @param cause why it lies there
 * @param attemptHistory how far it had come
 * @param bytes of its JSON; empty if nothing of it is left
 */
public record DeadLetter(
    DeadLetterStream stream,
    String entry,
    String mailId,
    long at,
    Cause cause,
    AttemptHistory attemptHistory,
    OptionalLong bytes) {

  /**
   * Why the mail is dead or held; no addresses, no content.
   *
   * @param reason the word of the contract
   * @param pointer RFC 6901 pointer of the fault in the mail; empty if the mail is not at fault
   * @param detail what was wrong, in words
   * @param reply what the server said last, if it was asked
   */
  public record Cause(String reason, String pointer, String detail, Optional<String> reply) {}
}
