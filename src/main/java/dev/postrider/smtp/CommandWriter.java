package dev.postrider.smtp;

import io.vertx.core.buffer.Buffer;

/** The commands of one mail, as bytes. */
final class CommandWriter {

  private static final int COMMAND_SIZE = 64; // octets; a first guess, buffers grow

  private final TransactionPlan transactionPlan;
  private final AsciiEnvelope asciiEnvelope;
  private final int size;

  /** {@code size} is that of the content as BDAT counts it. */
  CommandWriter(TransactionPlan transactionPlan, AsciiEnvelope asciiEnvelope, int size) {
    this.transactionPlan = transactionPlan;
    this.asciiEnvelope = asciiEnvelope;
    this.size = size;
  }

  /** All that may go out before the first reply, less the content (RFC 2920 §3.1). */
  Buffer envelope() {
    int recipients = asciiEnvelope.recipients().size();
    Buffer bytes = Buffer.buffer(COMMAND_SIZE * (recipients + 3));
    if (transactionPlan.reset()) {
      write(bytes, DialogueStep.RSET, 0);
    }
    write(bytes, DialogueStep.MAIL, 0);
    for (int number = 0; number < recipients; number++) {
      write(bytes, DialogueStep.RCPT, number);
    }
    if (transactionPlan.singleWrite()) {
      write(bytes, DialogueStep.CONTENT, 0);
    } else if (!transactionPlan.chunked()) {
      write(bytes, DialogueStep.DATA, 0);
    }
    return bytes;
  }

  /** One command; {@code number} counts recipients from 0. */
  Buffer command(DialogueStep dialogueStep, int number) {
    Buffer bytes = Buffer.buffer(COMMAND_SIZE);
    write(bytes, dialogueStep, number);
    return bytes;
  }

  private void write(Buffer bytes, DialogueStep dialogueStep, int number) {
    switch (dialogueStep) {
      case RSET -> bytes.appendString("RSET");
      case MAIL -> mail(bytes);
      case RCPT ->
          bytes
              .appendString("RCPT TO:<")
              .appendString(asciiEnvelope.recipients().get(number))
              .appendString(">");
      case DATA -> bytes.appendString("DATA");
      case LONE_DOT -> bytes.appendString(".");
      case CONTENT -> // the whole content is the last chunk, RFC 3030 §2
          bytes.appendString("BDAT ").appendString(Integer.toString(size)).appendString(" LAST");
    }
    bytes.appendString("\r\n");
  }

  /** SIZE (RFC 1870) lets the server refuse before the content travels. */
  private void mail(Buffer bytes) {
    bytes.appendString("MAIL FROM:<").appendString(asciiEnvelope.sender()).appendString(">");
    if (transactionPlan.offered().offers("SIZE")) {
      bytes.appendString(" SIZE=").appendString(Integer.toString(size));
    }
    if (asciiEnvelope.utf8()) {
      bytes.appendString(" SMTPUTF8");
    }
  }
}
