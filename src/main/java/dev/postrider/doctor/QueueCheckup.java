package dev.postrider.doctor;

import dev.postrider.queue.Backlog;
import dev.postrider.queue.Backlogs;
import dev.postrider.queue.Grave;
import dev.postrider.queue.Graveyard;
import dev.postrider.queue.Inheritance;
import dev.postrider.queue.Plot;
import dev.postrider.queue.Presence;
import dev.postrider.queue.QueueSettings;
import dev.postrider.queue.Workforce;
import dev.postrider.redis.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Looks at one queue: who serves it, how long mail waits, what the dead left, how many died. */
final class QueueCheckup implements Checkup {

  /** Mail that waits for longer is late for whoever asked for a code to log in. */
  private static final Duration LATE = Duration.ofMinutes(1);

  private static final Duration LATELY = Duration.ofMinutes(10);

  private final Link link;
  private final QueueSettings settings;
  private final String queue;

  QueueCheckup(Link link, QueueSettings settings, String queue) {
    this.link = link;
    this.settings = settings;
    this.queue = queue;
  }

  @Override
  public String subject() {
    return "queue " + queue;
  }

  @Override
  @CheckReturnValue
  public Uni<List<Finding>> look() {
    return Uni.combine()
        .all()
        .unis(backlog(), workers(), gone(), lately())
        .with(
            (backlog, workers, gone, lately) ->
                List.of(
                    service(backlog, workers),
                    wait(backlog),
                    schedule(backlog),
                    estate(gone),
                    graves(backlog, lately)));
  }

  private Uni<Backlog> backlog() {
    return new Backlogs(link, settings.prefix()).measure(List.of(queue)).map(all -> all.get(0));
  }

  private Uni<List<Presence>> workers() {
    return new Workforce(link, settings.prefix()).of(queue);
  }

  /** Before the first worker there is no group, and nobody can be gone. */
  private Uni<List<String>> gone() {
    return new Inheritance(link, settings)
        .withoutLease(queue, "")
        .onFailure(QueueCheckup::neverServed)
        .recoverWithItem(List.of());
  }

  private static boolean neverServed(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return message.startsWith("NOGROUP") || message.startsWith("ERR no such key");
  }

  private Uni<Long> lately() {
    long since = System.currentTimeMillis() - LATELY.toMillis();
    return new Graveyard(link, settings)
        .page(new Plot(queue, Plot.Kind.DEAD), Optional.empty(), Graveyard.PAGE_MAX)
        .map(page -> buriedSince(page, since));
  }

  private static long buriedSince(Graveyard.Page page, long since) {
    return page.graves().stream().map(Grave::at).filter(at -> at >= since).count();
  }

  private Finding service(Backlog backlog, List<Presence> workers) {
    long processes = workers.stream().map(Presence::worker).distinct().count();
    if (backlog.paused()) {
      return Finding.warn(
          subject() + " workers", "paused", "Resume it: postrider queue resume " + queue + ".");
    }
    if (processes > 0) {
      return Finding.ok(subject() + " workers", processes + " alive");
    }
    boolean waits = backlog.unread() + backlog.pending() + backlog.scheduled() > 0;
    String advice = "Start a worker with this queue in POSTRIDER_QUEUES.";
    return waits
        ? Finding.fail(subject() + " workers", "none, and mail waits", advice)
        : Finding.warn(subject() + " workers", "none", advice);
  }

  private Finding wait(Backlog backlog) {
    String detail =
        "%d unread, %d in flight, the oldest for %d s"
            .formatted(backlog.unread(), backlog.pending(), backlog.oldestUnread().toSeconds());
    return backlog.oldestUnread().compareTo(LATE) <= 0
        ? Finding.ok(subject() + " lag", detail)
        : Finding.warn(
            subject() + " lag", detail, "Start more workers, or raise POSTRIDER_CONCURRENCY.");
  }

  private Finding schedule(Backlog backlog) {
    String detail =
        "%d for later, overdue by %d s"
            .formatted(backlog.scheduled(), backlog.overdue().toSeconds());
    return backlog.overdue().compareTo(LATE) <= 0
        ? Finding.ok(subject() + " schedule", detail)
        : Finding.warn(
            subject() + " schedule", detail, "Start a worker: nobody else promotes what is due.");
  }

  private Finding estate(List<String> gone) {
    return gone.isEmpty()
        ? Finding.ok(subject() + " estate", "no worker has left mail behind")
        : Finding.warn(
            subject() + " estate",
            gone.size() + " consumers are gone",
            "Wait: a living worker takes over within twice POSTRIDER_LEASE_TIME, or start one.");
  }

  private Finding graves(Backlog backlog, long lately) {
    String detail =
        "%d dead, %s%d of them in the last ten minutes, %d held"
            .formatted(
                backlog.dead(),
                lately >= Graveyard.PAGE_MAX ? "at least " : "",
                lately,
                backlog.held());
    return lately == 0 && backlog.held() == 0
        ? Finding.ok(subject() + " dead", detail)
        : Finding.warn(
            subject() + " dead", detail, "See why: postrider dead, postrider held; then retry.");
  }
}
