package dev.postrider.doctor;

import dev.postrider.delivery.RouteProbe;
import dev.postrider.queue.QueueSettings;
import dev.postrider.redis.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at Redis, the queues, the routes and the sender domains, all at once, and grades what it
 * finds. It changes nothing, sends no mail and ends within a minute and a half.
 */
public final class Doctor {

  /** Longest look at one part; a route takes six steps of ten seconds at most. */
  private static final Duration PATIENCE = Duration.ofSeconds(80);

  private final List<Checkup> checkups = new ArrayList<>();

  private Doctor() {}

  /** Looks at nothing yet. */
  public static Doctor idle() {
    return new Doctor();
  }

  /** Looks at Redis and at queues, too. */
  public Doctor queues(Link link, QueueSettings settings, List<String> queues) {
    checkups.add(new RedisCheckup(link));
    queues.forEach(queue -> checkups.add(new QueueCheckup(link, settings, queue)));
    return this;
  }

  /** Looks at the servers of the routes, too. */
  public Doctor routes(RouteProbe probe) {
    probe.routes().forEach(route -> checkups.add(new RouteCheckup(probe, route)));
    return this;
  }

  /** Looks at what receivers read in DNS about the domains of senders, too. */
  public Doctor domains(Vertx vertx, List<String> domains) {
    domains.forEach(domain -> checkups.add(new DomainCheckup(vertx, domain)));
    return this;
  }

  /** All findings, part by part; never fails. */
  @CheckReturnValue
  public Uni<List<Finding>> examine() {
    if (checkups.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return Uni.join()
        .all(checkups.stream().map(Doctor::look).toList())
        .andFailFast()
        .map(Doctor::joined);
  }

  private static Uni<List<Finding>> look(Checkup checkup) {
    return checkup
        .look()
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .onFailure()
        .recoverWithItem(cause -> List.of(blind(checkup.subject(), cause)));
  }

  private static Finding blind(String subject, Throwable cause) {
    return Finding.fail(
        subject,
        "could not be looked at: " + cause.getMessage(),
        "Make sure that it can be reached from here.");
  }

  private static List<Finding> joined(List<List<Finding>> all) {
    return all.stream().flatMap(List::stream).toList();
  }
}
