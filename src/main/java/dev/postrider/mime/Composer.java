package dev.postrider.mime;

import dev.postrider.mail.Mail;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Composes the bytes of a mail: always the same bytes for the same mail and stamp. Stateless and
 * thread-safe.
 *
 * <p>Bcc is never written. A non-ASCII local part is written as raw UTF-8, the only case in which
 * the header is not 7-bit: the receiving server must support SMTPUTF8 (RFC 6531).
 */
public final class Composer {

  /** Estimated size of the fields that every mail has; with a longer header the sink grows once. */
  private static final int FIELDS_BYTES_EXPECTED = 448;

  /** Estimated size of each address and each custom field. */
  private static final int ITEM_BYTES_EXPECTED = 64;

  /**
   * @param mail checked by its codec
   * @param stamp id and date of the first attempt
   * @return the whole message, ending with CRLF; the SMTP session does the dot-stuffing
   * @throws IllegalArgumentException if a header would contain a control character; names the field
   */
  public byte[] compose(Mail mail, Stamp stamp) {
    ByteBuffer message = write(mail, stamp);
    return Arrays.copyOf(message.array(), message.limit());
  }

  /**
   * Like {@link #compose}, without the copy to an array of exact length.
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

  /** RFC 5321 §2.3.8: text ends with CRLF, so that the final dot is alone on its line. */
  private static void endWithLineBreak(ByteSink out) {
    if (!out.endsWithLineFeed()) {
      out.lineBreak();
    }
  }
}
