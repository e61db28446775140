package dev.postrider.doctor;

import dev.postrider.delivery.RouteProbe;
import dev.postrider.queue.QueueSettings;
import dev.postrider.redis.connection.Link;
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
  private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(80);

  private final List<Check> checks = new ArrayList<>();

  private Doctor() {}

  /** Looks at nothing yet. */
  public static Doctor create() {
    return new Doctor();
  }

  /** Looks at Redis and at queues, too. */
  public Doctor queues(Link link, QueueSettings settings, List<String> queues) {
    checks.add(new RedisCheck(link));
    queues.forEach(queue -> checks.add(new QueueCheck(link, settings, queue)));
    return this;
  }

  /** Looks at the servers of the routes, too. */
  public Doctor routes(RouteProbe probe) {
    probe.routes().forEach(route -> checks.add(new RouteCheck(probe, route)));
    return this;
  }

  /** Looks at what receivers read in DNS about the domains of senders, too. */
  public Doctor domains(Vertx vertx, List<String> domains) {
    domains.forEach(domain -> checks.add(new DomainCheck(vertx, domain)));
    return this;
  }

  /** All findings, part by part; never fails. */
  @CheckReturnValue
  public Uni<List<Diagnosis>> examine() {
    if (checks.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return Uni.join()
        .all(checks.stream().map(Doctor::run).toList())
        .andFailFast()
        .map(Doctor::joined);
  }

  private static Uni<List<Diagnosis>> run(Check check) {
    return check
        .run()
        .ifNoItem()
        .after(CHECK_TIMEOUT)
        .fail()
        .onFailure()
        .recoverWithItem(cause -> List.of(failed(check.subject(), cause)));
  }

  private static Diagnosis failed(String subject, Throwable cause) {
    return Diagnosis.fail(
        subject,
        "could not be looked at: " + cause.getMessage(),
        "Make sure that it can be reached from here.");
  }

  private static List<Diagnosis> joined(List<List<Diagnosis>> all) {
    return all.stream().flatMap(List::stream).toList();
  }
}
