package dev.postrider.mail;

/**
 * Limits of one mail.
 *
 * @param mailSize bytes of the JSON document; base64 has the same size there as in the mail
 * @param recipients in {@code to}, {@code cc} and {@code bcc} together, and again in {@code
 *     reply_to}; servers must take 100 in one transaction (RFC 5321 §4.5.3.1.8)
 * @param headers custom header fields
 * @param attachments attached files
 */
public record MailLimits(int mailSize, int recipients, int headers, int attachments) {

  /** The limits of the contract: 10 MiB, 100 recipients, 50 headers, 25 attachments. */
  public static final MailLimits STANDARD = new MailLimits(10 << 20, 100, 50, 25);

  /** The same limits with another size. */
  public MailLimits withMailSize(long bytes) {
    return new MailLimits(Math.toIntExact(bytes), recipients, headers, attachments);
  }

  public MailLimits {
    if (mailSize < 1 || recipients < 1 || headers < 0 || attachments < 0) {
      throw new IllegalArgumentException("No mail can meet these limits.");
    }
  }
}
