package dev.postrider.smtp;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * How long each step may take before the connection is aborted. Each reply has its own timeout,
 * which starts with the reply before. Resolution: {@link SmtpPool#DEADLINE_CHECK_INTERVAL}.
 *
 * @param connect TCP connect; the TLS handshake has the same time again
 * @param greeting the server's first reply
 * @param hello EHLO, HELO and STARTTLS
 * @param auth each step of AUTH, and asking for credentials
 * @param envelope RSET, MAIL and each RCPT
 * @param data the reply to DATA
 * @param block each slice of the content
 * @param dot the reply to the end of the content; a short time here causes duplicates (RFC 1047)
 * @param quit the reply to QUIT
 */
public record Timeouts(
    Duration connect,
    Duration greeting,
    Duration hello,
    Duration auth,
    Duration envelope,
    Duration data,
    Duration block,
    Duration dot,
    Duration quit) {

  /** Refuses a time that would end every step before it starts. */
  public Timeouts {
    boolean positive =
        Stream.of(connect, greeting, hello, auth, envelope, data, block, dot, quit)
            .allMatch(time -> time.compareTo(Duration.ZERO) > 0);
    if (!positive) {
      throw new IllegalArgumentException("every timeout must be above zero");
    }
  }

  /** The minimum of RFC 5321 §4.5.3.2, and 10 s to connect, 2 s for QUIT. */
  public static Timeouts rfc5321() {
    return new Timeouts(
        Duration.ofSeconds(10),
        Duration.ofMinutes(5),
        Duration.ofMinutes(5),
        Duration.ofMinutes(5),
        Duration.ofMinutes(5),
        Duration.ofMinutes(2),
        Duration.ofMinutes(3),
        Duration.ofMinutes(10),
        Duration.ofSeconds(2));
  }

  /** The same time for every step. */
  public static Timeouts all(Duration time) {
    return new Timeouts(time, time, time, time, time, time, time, time, time);
  }
}
