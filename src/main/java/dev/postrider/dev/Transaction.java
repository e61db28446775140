package dev.postrider.dev;

import java.util.ArrayList;
import java.util.List;

/** One mail transaction (RFC 5321 §3.3): from an accepted MAIL to the end of its content. */
final class Transaction {

  private final Path sender;
  private final List<String> recipients = new ArrayList<>();
  private Content content;
  private boolean chunked;

  Transaction(Path sender) {
    this.sender = sender;
  }

  Path sender() {
    return sender;
  }

  List<String> recipients() {
    return recipients;
  }

  Envelope envelope() {
    return new Envelope(sender.address(), sender.parameters(), recipients);
  }

  boolean chunked() {
    return chunked;
  }

  boolean hasContent() {
    return content != null;
  }

  Content content() {
    return content;
  }

  void beginData(boolean keep) {
    content = new Content(true, keep);
  }

  void beginChunk(boolean keep) {
    if (content == null) {
      content = new Content(false, keep);
      chunked = true;
    }
  }

  boolean mayBeEightBit() {
    return sender.flag("SMTPUTF8")
        || sender.parameter("BODY").filter("8BITMIME"::equalsIgnoreCase).isPresent();
  }
}
