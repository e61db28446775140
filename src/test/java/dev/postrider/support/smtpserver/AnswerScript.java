package dev.postrider.support.smtpserver;

/**
 * Decides what the server answers. It runs on the event loop and must not block; one script serves
 * all connections of a server.
 */
@FunctionalInterface
public interface AnswerScript {

  /** The well-behaved server: accepts all that RFC 5321 allows. */
  AnswerScript ACCEPT_ALL = (command, dialogue, usual) -> usual;

  /**
   * @param command what the client asks for
   * @param dialogue the state before this command
   * @param usual what a well-behaved server would answer, refusals of wrong commands included
   */
  Answer answer(Command command, Dialogue dialogue, Answer usual);
}
