package dev.postrider.smtpserver;

import io.vertx.core.Future;

/**
 * What becomes of the messages that an {@link SmtpReceiver} receives. It is called on the event
 * loop and must not block.
 */
public interface MessageListener {

  /** Accepts or refuses one recipient; a positive code accepts. */
  default Reply recipient(String address) {
    return Reply.RECIPIENT_ACCEPTED;
  }

  /**
   * A message was received. The client gets the reply when the future completes; its next commands
   * wait until then. If the future fails, the client is told to try again later (451).
   */
  Future<Reply> received(ReceivedMessage message);

  /**
   * An SMTP reply.
   *
   * @param code three digits
   * @param text the lines of the reply, separated by {@code \n}; each starts with the enhanced
   *     status code
   */
  record Reply(int code, String text) {

    static final Reply RECIPIENT_ACCEPTED = new Reply(250, "2.1.5 Ok");

    /** Whether the server accepts what the client asked for. */
    boolean isPositive() {
      return code / 100 == 2;
    }

    /** With the code before each line. */
    String lines() {
      int last = text.lastIndexOf('\n');
      String end = code + " " + text.substring(last + 1) + "\r\n";
      return last < 0
          ? end
          : code + "-" + text.substring(0, last).replace("\n", "\r\n" + code + "-") + "\r\n" + end;
    }
  }
}
