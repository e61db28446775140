/** An SMTP server that accepts mail, strict about the protocol, with scripted answers. */
package dev.postrider.support.smtpserver;
