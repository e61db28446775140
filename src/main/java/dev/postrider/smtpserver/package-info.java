/** A small SMTP server that receives messages and hands them to a listener; it relays nothing. */
package dev.postrider.smtpserver;
