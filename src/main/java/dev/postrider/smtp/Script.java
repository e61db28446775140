package dev.postrider.smtp;

import io.vertx.core.buffer.Buffer;

/** The commands of one mail, as bytes. */
final class Script {

  private static final int COMMAND_SIZE = 64; // octets; a first guess, buffers grow

  private final Plan plan;
  private final Paths paths;
  private final int size;

  /** {@code size} is that of the content as BDAT counts it. */
  Script(Plan plan, Paths paths, int size) {
    this.plan = plan;
    this.paths = paths;
    this.size = size;
  }

  /** All that may go out before the first reply, less the content (RFC 2920 §3.1). */
  Buffer group() {
    int recipients = paths.recipients().size();
    Buffer bytes = Buffer.buffer(COMMAND_SIZE * (recipients + 3));
    if (plan.reset()) {
      write(bytes, Step.RSET, 0);
    }
    write(bytes, Step.MAIL, 0);
    for (int number = 0; number < recipients; number++) {
      write(bytes, Step.RCPT, number);
    }
    if (plan.inOne()) {
      write(bytes, Step.CONTENT, 0);
    } else if (!plan.chunked()) {
      write(bytes, Step.DATA, 0);
    }
    return bytes;
  }

  /** One command; {@code number} counts recipients from 0. */
  Buffer command(Step step, int number) {
    Buffer bytes = Buffer.buffer(COMMAND_SIZE);
    write(bytes, step, number);
    return bytes;
  }

  private void write(Buffer bytes, Step step, int number) {
    switch (step) {
      case RSET -> bytes.appendString("RSET");
      case MAIL -> mail(bytes);
      case RCPT ->
          bytes
              .appendString("RCPT TO:<")
              .appendString(paths.recipients().get(number))
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
    bytes.appendString("MAIL FROM:<").appendString(paths.sender()).appendString(">");
    if (plan.offered().offers("SIZE")) {
      bytes.appendString(" SIZE=").appendString(Integer.toString(size));
    }
    if (paths.utf8()) {
      bytes.appendString(" SMTPUTF8");
    }
  }
}
