package dev.postrider.smtpserver;

import java.util.List;

/**
 * A message that a client has sent completely.
 *
 * @param sender address of MAIL FROM; {@code ""} for the null reverse-path
 * @param recipients addresses of the accepted RCPT TO commands, at least one
 * @param content header and body, without dot-stuffing and without the final dot
 */
public record ReceivedMessage(String sender, List<String> recipients, byte[] content) {}
