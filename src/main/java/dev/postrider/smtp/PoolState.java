package dev.postrider.smtp;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The connections and waiting mails of a pool at one moment, and how it adapted to its server.
 *
 * @param idle connections ready for a mail
 * @param busy connections that send a mail
 * @param waiting mails that wait for a connection
 * @param connecting connections not yet ready
 * @param allowed connections that the pool may hold now; from 1 to {@code configured}
 * @param configured most connections by the settings
 * @param shrunk why {@code allowed} is less than {@code configured}; empty if it is not
 * @param workarounds what the server offers and is not used for a while, since it failed
 */
public record PoolState(
    int idle,
    int busy,
    int waiting,
    int connecting,
    int allowed,
    int configured,
    Optional<Adaptation> shrunk,
    List<Adaptation> workarounds) {

  /**
   * A change that the behaviour of the server made necessary.
   *
   * @param what is limited: {@code connections}, or an extension such as {@code CHUNKING}
   * @param age how long ago it began
   * @param cause the server's reply or the failure, for people; may hold an address that the server
   *     repeats, never a secret
   */
  public record Adaptation(String what, Duration age, String cause) {}
}
