/** An SMTP server that accepts mail, strict about the protocol, with scripted answers. */
package dev.postrider.dev.server;
