package dev.postrider.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Keys of one route for which {@code quarkus.mailer.*} has none. */
public interface RouteSettings {

  /** Sends the whole mail in one write if the server offers CHUNKING (RFC 3030). */
  @WithDefault("true")
  boolean chunking();

  /**
   * Sends the envelope of the next mail in the same write as the end of this one's content (RFC
   * 2920), if mails wait for connections and the server answers within 250 ms.
   */
  @WithDefault("true")
  boolean lookahead();

  /** Sends RSET before each further mail of a connection; some servers count it as abuse. */
  @WithDefault("true")
  boolean reset();

  /**
   * File that contains the password or the access token, instead of {@code
   * quarkus.mailer.password}; read again for each connection.
   */
  Optional<String> passwordFile();

  /** File of rules for replies of its server, asked before those that come with Postrider. */
  Optional<String> replies();

  /** Longest life of a connection; checked between two mails. */
  @WithDefault("10m")
  Duration connectionAge();

  /** How long the server may take for each step. */
  Timeouts timeouts();

  /**
   * After these times the connection is closed. The defaults are the minimum of RFC 5321 §4.5.3.2,
   * except for the connection itself.
   */
  interface Timeouts {

    /** The TCP connection; a TLS handshake gets the same time again. */
    @WithDefault("10s")
    Duration connect();

    /** The server's greeting. */
    @WithDefault("5m")
    Duration greeting();

    /** EHLO, HELO and STARTTLS. */
    @WithDefault("5m")
    Duration hello();

    /** Each step of AUTH. */
    @WithDefault("5m")
    Duration auth();

    /** RSET, MAIL and each RCPT. */
    @WithDefault("5m")
    Duration envelope();

    /** The reply to DATA. */
    @WithDefault("2m")
    Duration data();

    /** Each 256 KiB of the content. */
    @WithDefault("3m")
    Duration block();

    /** The reply to the end of the content; too short a time causes duplicates (RFC 1047). */
    @WithDefault("10m")
    Duration dot();

    /** The reply to QUIT. */
    @WithDefault("2s")
    Duration quit();
  }
}
