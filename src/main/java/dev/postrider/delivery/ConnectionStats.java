package dev.postrider.delivery;

import dev.postrider.smtp.PoolState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The connections of one event loop to the server of one route, at one moment, and how they adapted
 * to the server. Holds no addresses.
 *
 * @param route its name
 * @param idle ready for a mail
 * @param busy sending a mail
 * @param connecting not yet ready
 * @param allowed how many there may be now; falls when the server pushes back
 * @param configured how many there may be by the settings
 * @param waiting mails that wait for one
 * @param shrunk why fewer are allowed than configured; empty if not
 * @param workarounds what the server offers and is not used for a while, since it failed
 */
public record ConnectionStats(
    String route,
    int idle,
    int busy,
    int connecting,
    int allowed,
    int configured,
    int waiting,
    Optional<Adaptation> shrunk,
    List<Adaptation> workarounds) {

  /**
   * A change that the behaviour of the server made necessary.
   *
   * @param what is limited: {@code connections}, or an extension such as {@code CHUNKING}
   * @param age how long ago it began
   * @param cause the server's reply or the failure, for people
   */
  public record Adaptation(String what, Duration age, String cause) {

    private static Adaptation of(PoolState.Adaptation change) {
      return new Adaptation(change.what(), change.age(), AddressMasking.mask(change.cause()));
    }
  }

  static ConnectionStats of(String route, PoolState state) {
    return new ConnectionStats(
        route,
        state.idle(),
        state.busy(),
        state.connecting(),
        state.allowed(),
        state.configured(),
        state.waiting(),
        state.shrunk().map(Adaptation::of),
        state.workarounds().stream().map(Adaptation::of).toList());
  }
}
