package dev.postrider.smtp;

import io.vertx.core.buffer.Buffer;

/** Writes the commands of one mail as bytes. */
final class CommandWriter {

  private static final int COMMAND_SIZE = 64; // bytes; a first guess, buffers grow

  private final TransactionPlan plan;
  private final Envelope envelope;
  private final int size;

  /**
   * @param size of the content in bytes, as BDAT counts it
   */
  CommandWriter(TransactionPlan plan, Envelope envelope, int size) {
    this.plan = plan;
    this.envelope = envelope;
    this.size = size;
  }

  /** All commands that may leave before the first reply (RFC 2920 §3.1), without the content. */
  Buffer envelope() {
    int recipients = envelope.recipients().size();
    Buffer bytes = Buffer.buffer(COMMAND_SIZE * (recipients + 3));
    if (plan.reset()) {
      write(bytes, DialogueStep.RSET, 0);
    }
    write(bytes, DialogueStep.MAIL, 0);
    for (int recipient = 0; recipient < recipients; recipient++) {
      write(bytes, DialogueStep.RCPT, recipient);
    }
    if (plan.singleWrite()) {
      write(bytes, DialogueStep.CONTENT, 0);
    } else if (!plan.chunked()) {
      write(bytes, DialogueStep.DATA, 0);
    }
    return bytes;
  }

  /**
   * One command.
   *
   * @param recipient index for RCPT, from 0
   */
  Buffer command(DialogueStep step, int recipient) {
    Buffer bytes = Buffer.buffer(COMMAND_SIZE);
    write(bytes, step, recipient);
    return bytes;
  }

  private void write(Buffer bytes, DialogueStep step, int recipient) {
    switch (step) {
      case RSET -> bytes.appendString("RSET");
      case MAIL -> mail(bytes);
      case RCPT ->
          bytes
              .appendString("RCPT TO:<")
              .appendString(envelope.recipients().get(recipient))
              .appendString(">");
      case DATA -> bytes.appendString("DATA");
      case LONE_DOT -> bytes.appendString(".");
      case CONTENT -> // the whole content is the last chunk, RFC 3030 §2
          bytes.appendString("BDAT ").appendString(Integer.toString(size)).appendString(" LAST");
    }
    bytes.appendString("\r\n");
  }

  /** SIZE (RFC 1870) lets the server refuse before the content is sent. */
  private void mail(Buffer bytes) {
    bytes.appendString("MAIL FROM:<").appendString(envelope.sender()).appendString(">");
    if (plan.offered().offers("SIZE")) {
      bytes.appendString(" SIZE=").appendString(Integer.toString(size));
    }
    if (envelope.utf8()) {
      bytes.appendString(" SMTPUTF8");
    }
  }
}
