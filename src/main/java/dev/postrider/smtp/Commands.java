package dev.postrider.smtp;

import io.vertx.core.buffer.Buffer;

/** Writes the commands of one mail into a buffer, one after another. */
final class Commands {

  private final Buffer bytes;

  Commands(int capacity) {
    this.bytes = Buffer.buffer(capacity);
  }

  Commands reset() {
    return line("RSET");
  }

  /** SIZE (RFC 1870) lets the server refuse before the content travels. */
  Commands mail(Paths paths, boolean sized, int size) {
    return line(
        "MAIL FROM:<"
            + paths.sender()
            + (sized ? "> SIZE=" + size : ">")
            + (paths.utf8() ? " SMTPUTF8" : ""));
  }

  Commands rcpt(String recipient) {
    return line("RCPT TO:<" + recipient + ">");
  }

  Commands data() {
    return line("DATA");
  }

  /** The whole content as the last chunk (RFC 3030 §2); it follows without a reply between. */
  Commands chunk(int size) {
    return line("BDAT " + size + " LAST");
  }

  Buffer bytes() {
    return bytes;
  }

  private Commands line(String text) {
    bytes.appendString(text).appendString("\r\n");
    return this;
  }
}
