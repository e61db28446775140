package dev.postrider.delivery.route;

import dev.postrider.mail.Reason;
import dev.postrider.mail.RouteTrouble;
import dev.postrider.retry.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Whether one route takes mail, learnt from every try. A route waits once no try has succeeded
 * since its trouble began and {@value #FAILURES} tries in a row have failed, or the trouble is ten
 * seconds old. While it waits one mail at a time probes it, at growing intervals; the first success
 * ends the wait. Thread-safe; for a healthy route a try costs one volatile read and one write.
 */
public final class RouteHealth {

  /**
   * Tries that fail in a row, each begun after the one before had failed: what fails together
   * counts once. With one connection of which every twentieth mail meets a 421, that is one in
   * 8,000; with two connections one in millions.
   */
  static final int FAILURES = 3;

  /** Trouble without any success for so long needs no further proof. */
  static final Duration DOUBT_MAX = Duration.ofSeconds(10);

  /**
   * Longest wait for a server that cannot be reached: a probe is one connection, and mail shall
   * flow soon after an outage. Refused logins wait longer, or the server locks the account.
   */
  static final Duration UNREACHABLE_MAX = Duration.ofSeconds(30);

  /** Parked mail comes back so long after the probe, which has its result by then. */
  static final Duration AFTER_PROBE = Duration.ofSeconds(1);

  /** Parked mail comes back so much later while a probe takes longer. */
  static final Duration PROBE_RUNS = Duration.ofSeconds(3);

  /** A mail that got no connection, or that had no slot, comes back after this. */
  static final Duration MOMENT = Duration.ofMillis(500);

  /** Redis measures in milliseconds: a mail that comes up a little early probes as well. */
  private static final Duration EARLY = Duration.ofMillis(50);

  /** Mails of a waiting route that come back in a second, once in each wait. */
  private static final int RETURN_AFTER_PROBE = 5_000;

  /** Mails that come back in a second again and again: a small part of what a worker handles. */
  private static final int RETURN_OFTEN = 100;

  /** What a mail that comes up may do. */
  public enum Permit {
    /** It is sent. */
    TRY,
    /** It is sent, and tells whether the route works again. */
    PROBE,
    /** It waits. */
    PARK
  }

  private final String route;
  private final RetryPolicy delays;
  private final LongSupplier nanoTime;
  private final DoubleSupplier random;
  private final RouteListener listener;
  private final ParkedMails parked;
  private final long startedAt;
  private volatile Wait wait;
  private volatile boolean doubted;
  private volatile long succeededAt;
  private volatile boolean succeeded;
  private int failures;
  private long doubtedAt;
  private long failedAt;
  private long probes;
  private boolean proberIsParked;

  /** A wait: what, since when, how many probes have failed, when the next one is due. */
  private record Wait(
      RouteTrouble trouble, long since, int failed, long nextProbe, boolean probing) {

    Wait probing(boolean now) {
      return new Wait(trouble, since, failed, nextProbe, now);
    }
  }

  /** Time and chance. */
  record Sources(LongSupplier nanoTime, DoubleSupplier random) {}

  /**
   * @param delays the wait before each probe, by reason
   */
  RouteHealth(String route, RetryPolicy delays, Sources sources, RouteListener listener) {
    this.route = route;
    this.delays = delays;
    this.nanoTime = sources.nanoTime();
    this.random = sources.random();
    this.listener = listener;
    this.startedAt = nanoTime.getAsLong();
    this.parked = new ParkedMails(random, startedAt);
  }

  /** Asks whether a mail may be tried now. A caller that gets a probe reports how it ended. */
  public Permit enter() {
    return wait == null ? Permit.TRY : enterWaiting();
  }

  private synchronized Permit enterWaiting() {
    if (wait == null) {
      return Permit.TRY;
    }
    if (wait.probing() || nanoTime.getAsLong() - wait.nextProbe() < -EARLY.toNanos()) {
      return Permit.PARK;
    }
    wait = wait.probing(true);
    probes++;
    return Permit.PROBE;
  }

  /** True if it has taken mail, and does not wait. */
  public boolean takesMail() {
    return succeeded && wait == null;
  }

  /** The server answered for a mail's own sake: it took it, or refused this very mail. */
  public void succeeded() {
    succeededAt = nanoTime.getAsLong();
    if (!succeeded) {
      succeeded = true;
    }
    if (doubted) {
      recover();
    }
  }

  private synchronized void recover() {
    RouteStatus last = status();
    boolean waited = wait != null;
    wait = null;
    doubted = false;
    failures = 0;
    if (waited) {
      parked.clear();
      listener.works(last);
    }
  }

  /**
   * A try failed for a reason that concerns the route.
   *
   * @param startedAt when the try began, by the same clock
   * @param probe whether it was the probe
   * @return how long this mail waits now, if the route does. Another mail is the next to probe, if
   *     there is one: perhaps it is this one that the server does not want
   */
  public synchronized Optional<Duration> failed(
      RouteTrouble trouble, long startedAt, boolean probe) {
    long now = nanoTime.getAsLong();
    if (wait == null) {
      doubt(startedAt, now);
      if (!isProven(now)) {
        return Optional.empty();
      }
      await(trouble, doubtedAt, 0, now);
    } else if (probe) {
      await(trouble, wait.since(), wait.failed() + 1, now);
    }
    return Optional.of(parkUntilProbed(now));
  }

  private void doubt(long startedAt, long now) {
    doubted = true;
    if (failures == 0) {
      boolean later = succeeded && succeededAt - startedAt > 0;
      doubtedAt = later ? succeededAt : startedAt;
    }
    if (failures == 0 || startedAt - failedAt >= 0) {
      failures++;
      failedAt = now;
    }
  }

  private boolean isProven(long now) {
    return failures >= FAILURES || now - doubtedAt >= DOUBT_MAX.toNanos();
  }

  private void await(RouteTrouble trouble, long since, int failed, long now) {
    boolean begins = wait == null;
    long nextProbe = now + delay(trouble, failed + 1).toNanos();
    wait = new Wait(trouble, since, failed, nextProbe, false);
    proberIsParked = false;
    if (begins) {
      listener.waits(status());
    } else {
      listener.stillWaits(status());
    }
  }

  private Duration delay(RouteTrouble trouble, int times) {
    Duration delay = delays.afterUncountedFailure(trouble.reason(), times, random.getAsDouble());
    boolean capped = trouble.reason() == Reason.CONNECTION && delay.compareTo(UNREACHABLE_MAX) > 0;
    Duration own = capped ? UNREACHABLE_MAX : delay;
    return trouble.delay().filter(least -> least.compareTo(own) > 0).orElse(own);
  }

  /** The probe ended without a word about the route: the next mail probes, in a moment. */
  public synchronized void probeUndecided() {
    if (wait != null && wait.probing()) {
      long next = nanoTime.getAsLong() + MOMENT.toNanos();
      wait = new Wait(wait.trouble(), wait.since(), wait.failed(), next, false);
    }
  }

  /** How long a mail that was not tried is parked; the first one in a wait comes up to probe. */
  public Duration park() {
    return park(0);
  }

  /**
   * The same for a route that finishes mail.
   *
   * @param more mails that may come back in a second beyond the usual number
   */
  public synchronized Duration park(int more) {
    long now = nanoTime.getAsLong();
    if (wait == null) {
      return parked.park(now, MOMENT, RETURN_OFTEN + more);
    }
    Duration delay = parkUntilProbed(now);
    boolean probes = !proberIsParked && wait.nextProbe() - now > 0;
    proberIsParked |= probes;
    return probes ? Duration.ofNanos(wait.nextProbe() - now) : delay;
  }

  private Duration parkUntilProbed(long now) {
    long untilProbe = wait.nextProbe() - now;
    return wait.probing() || untilProbe <= 0
        ? parked.park(now, PROBE_RUNS, RETURN_OFTEN)
        : parked.park(now, AFTER_PROBE.plusNanos(untilProbe), RETURN_AFTER_PROBE);
  }

  /** As it is now. */
  public synchronized RouteStatus status() {
    long now = nanoTime.getAsLong();
    return new RouteStatus(
        route,
        Optional.ofNullable(wait).map(each -> waiting(each, now)),
        parked.count(now),
        succeeded ? Optional.of(Duration.ofNanos(now - succeededAt)) : Optional.empty(),
        Duration.ofNanos(now - startedAt),
        probes);
  }

  private static RouteStatus.Waiting waiting(Wait wait, long now) {
    long untilProbe = wait.probing() ? 0 : Math.max(0, wait.nextProbe() - now);
    return new RouteStatus.Waiting(
        wait.trouble().reason(),
        wait.trouble().reply(),
        Duration.ofNanos(now - wait.since()),
        Duration.ofNanos(untilProbe),
        wait.failed());
  }
}
