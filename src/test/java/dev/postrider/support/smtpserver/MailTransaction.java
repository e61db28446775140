package dev.postrider.support.smtpserver;

import java.util.ArrayList;
import java.util.List;

/** One mail transaction (RFC 5321 §3.3): from an accepted MAIL to the end of its content. */
final class MailTransaction {

  private final MailPath sender;
  private final List<String> recipients = new ArrayList<>();
  private MessageContent messageContent;
  private boolean chunked;

  MailTransaction(MailPath sender) {
    this.sender = sender;
  }

  MailPath sender() {
    return sender;
  }

  List<String> recipients() {
    return recipients;
  }

  ReceivedEnvelope envelope() {
    return new ReceivedEnvelope(sender.address(), sender.parameters(), recipients);
  }

  boolean chunked() {
    return chunked;
  }

  boolean hasContent() {
    return messageContent != null;
  }

  MessageContent content() {
    return messageContent;
  }

  void beginData(boolean keep) {
    messageContent = new MessageContent(true, keep);
  }

  void beginChunk(boolean keep) {
    if (messageContent == null) {
      messageContent = new MessageContent(false, keep);
      chunked = true;
    }
  }

  boolean mayBeEightBit() {
    return sender.flag("SMTPUTF8")
        || sender.parameter("BODY").filter("8BITMIME"::equalsIgnoreCase).isPresent();
  }
}
