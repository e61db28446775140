package dev.postrider.delivery.route;

import dev.postrider.mail.Reason;
import java.time.Duration;
import java.util.Optional;

/**
 * One route at one moment, as this process sees it.
 *
 * @param route its name
 * @param waiting why and since when it waits; empty while it is healthy
 * @param parked mails that this process has put back for it, of all queues
 * @param sinceSuccess since its server last answered for a mail's own sake; empty if it never did
 * @param sinceStart since this process started
 * @param probes tries that were made while it waited
 */
public record RouteStatus(
    String route,
    Optional<Waiting> waiting,
    int parked,
    Optional<Duration> sinceSuccess,
    Duration sinceStart,
    long probes) {

  /** Since its last success, or since the start if it had none. */
  public Duration sinceStartOrSuccess() {
    return sinceSuccess.orElse(sinceStart);
  }

  /**
   * A route that waits.
   *
   * @param reason throttled, route-down or connection
   * @param words what the server said or what happened, addresses removed
   * @param lasting since it began
   * @param nextProbe until the next mail is tried; zero if that is due or under way
   * @param failedProbes in a row
   */
  public record Waiting(
      Reason reason, String words, Duration lasting, Duration nextProbe, int failedProbes) {}
}
