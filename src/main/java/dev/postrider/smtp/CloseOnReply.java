package dev.postrider.smtp;

/**
 * Owns a connection while no mail does: the answer to QUIT, a 421 and a reply without a command all
 * end it.
 */
record CloseOnReply(SmtpConnection connection) implements SmtpConnection.ReplyHandler {

  @Override
  public void onReply() {
    connection.close();
  }

  @Override
  public void onLost(String cause) {
    // The connection has reported its end to its owner.
  }
}
