package dev.postrider.doctor;

import dev.postrider.delivery.RouteProbe;
import dev.postrider.delivery.route.RouteHealths;
import dev.postrider.queue.QueueSettings;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks Redis, the queues, the routes and the sender domains at the same time. It changes nothing,
 * sends no mail and ends within 80 seconds.
 */
public final class Doctor {

  /** Longest time of one check; a route takes six steps of ten seconds at most. */
  private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(80);

  private final List<Check> checks = new ArrayList<>();

  private Doctor() {}

  /** A doctor without checks. */
  public static Doctor create() {
    return new Doctor();
  }

  /** Adds checks of Redis and of queues. */
  public Doctor queues(Link link, QueueSettings settings, List<String> queues) {
    checks.add(new RedisCheck(link));
    for (String queue : queues) {
      checks.add(new QueueCheck(link, settings, queue));
      checks.add(new EntryIdCheck(link, settings.prefix(), queue));
    }
    return this;
  }

  /** Adds checks of the routes' servers. */
  public Doctor routes(RouteProbe probe) {
    probe.routes().forEach(route -> checks.add(new RouteCheck(probe, route)));
    return this;
  }

  /** Adds what this worker has learnt about its routes. */
  public Doctor health(RouteHealths healths) {
    healths.routes().forEach(route -> checks.add(new RouteWaitCheck(route, healths.of(route))));
    return this;
  }

  /** Adds checks of the DNS records of sender domains. */
  public Doctor domains(Vertx vertx, List<String> domains) {
    domains.forEach(domain -> checks.add(new DomainCheck(vertx, domain)));
    return this;
  }

  /** All diagnoses, check by check; never fails. */
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
        "could not be checked: " + cause.getMessage(),
        "Make sure that it can be reached from this machine.");
  }

  private static List<Diagnosis> joined(List<List<Diagnosis>> all) {
    return all.stream().flatMap(List::stream).toList();
  }
}
