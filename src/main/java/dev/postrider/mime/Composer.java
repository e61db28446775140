package dev.postrider.mime;

import dev.postrider.mail.Mail;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Turns a mail into the bytes that are sent: the same bytes for the same mail, always. Holds no
 * state, so one serves every thread.
 *
 * <p>Bcc appears nowhere. A local part beyond ASCII is written as raw UTF-8, the only case in which
 * the header is not 7-bit: the receiving server must offer SMTPUTF8 (RFC 6531).
 */
public final class Composer {

  /** Room for the fields that every mail has; a longer header makes the sink grow once. */
  private static final int FIELDS_BYTES_EXPECTED = 448;

  /** Room for each address and each field of the mail's own. */
  private static final int ITEM_BYTES_EXPECTED = 64;

  /**
   * @param mail valid by construction of its codec
   * @param stamp what it got when it was first attempted
   * @return the whole message, ending with CRLF; not dot-stuffed, for the SMTP session does that
   * @throws IllegalArgumentException if a control character would reach a header; names the field
   */
  public byte[] compose(Mail mail, Stamp stamp) {
    ByteBuffer message = write(mail, stamp);
    return Arrays.copyOf(message.array(), message.limit());
  }

  /**
   * As {@link #compose}, without the copy that gives the array its exact length.
   *
   * @return the message, from the start of its array to its limit
   */
  public ByteBuffer write(Mail mail, Stamp stamp) {
    Part content = new PartTree(mail, new Boundaries(stamp.id())).content();
    ByteSink out = new ByteSink(headerSize(mail) + content.size());
    HeaderWriter headers = new HeaderWriter(out);
    new HeaderFields(headers).write(mail, stamp);
    content.writeFields(headers);
    headers.finish();
    content.writeContent(out);
    endWithLineBreak(out);
    return out.written();
  }

  private static int headerSize(Mail mail) {
    int items = mail.to().size() + mail.cc().size() + mail.headers().size();
    return FIELDS_BYTES_EXPECTED + ITEM_BYTES_EXPECTED * items;
  }

  /** RFC 5321 §2.3.8: text ends with CRLF; the final dot stands on a line of its own. */
  private static void endWithLineBreak(ByteSink out) {
    if (!out.endsWithLineFeed()) {
      out.lineBreak();
    }
  }
}
