package dev.postrider.support.smtpserver;

import java.util.List;

/**
 * The envelope of a received mail.
 *
 * @param sender address of MAIL FROM without its brackets; {@code ""} for the null sender
 * @param parameters what followed it, such as {@code SIZE=4096}, as sent
 * @param recipients addresses of the accepted RCPT TO, in order
 */
public record ReceivedEnvelope(String sender, List<String> parameters, List<String> recipients) {

  public ReceivedEnvelope {
    parameters = List.copyOf(parameters);
    recipients = List.copyOf(recipients);
  }
}
