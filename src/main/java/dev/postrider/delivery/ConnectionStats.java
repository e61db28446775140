package dev.postrider.delivery;

import dev.postrider.smtp.PoolState;

/**
 * The connections of one event loop to the server of one route, at one moment.
 *
 * @param route its name
 * @param idle ready for a mail
 * @param busy sending a mail
 * @param connecting not yet ready
 * @param allowed how many there may be now; falls when the server pushes back
 * @param waiting mails that wait for one
 */
public record ConnectionStats(
    String route, int idle, int busy, int connecting, int allowed, int waiting) {

  static ConnectionStats of(String route, PoolState state) {
    return new ConnectionStats(
        route, state.idle(), state.busy(), state.connecting(), state.allowed(), state.waiting());
  }
}
