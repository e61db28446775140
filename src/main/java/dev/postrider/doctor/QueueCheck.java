package dev.postrider.doctor;

import dev.postrider.queue.QueueSettings;
import dev.postrider.queue.admin.QueueStats;
import dev.postrider.queue.admin.QueueStatsReader;
import dev.postrider.queue.consumer.ConsumerInfo;
import dev.postrider.queue.consumer.LiveConsumers;
import dev.postrider.queue.consumer.Reclaim;
import dev.postrider.queue.deadletter.DeadLetter;
import dev.postrider.queue.deadletter.DeadLetterStream;
import dev.postrider.queue.deadletter.DeadLetters;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Checks one queue: its workers, the lag, the schedule, abandoned mail and dead letters. */
final class QueueCheck implements Check {

  /** A minute is too long for users who wait for a login code. */
  private static final Duration LATE_AFTER = Duration.ofMinutes(1);

  private static final Duration RECENT = Duration.ofMinutes(10);

  private final Link link;
  private final QueueSettings settings;
  private final String queue;

  QueueCheck(Link link, QueueSettings settings, String queue) {
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
  public Uni<List<Diagnosis>> run() {
    return Uni.combine()
        .all()
        .unis(queueStats(), liveWorkers(), consumersWithoutLease(), recentlyDead())
        .with(
            (queueStats, workers, gone, recent) ->
                List.of(
                    workers(queueStats, workers),
                    lag(queueStats),
                    schedule(queueStats),
                    abandoned(gone),
                    deadLetters(queueStats, recent)));
  }

  private Uni<QueueStats> queueStats() {
    return new QueueStatsReader(link, settings.prefix()).read(queue);
  }

  private Uni<List<ConsumerInfo>> liveWorkers() {
    return new LiveConsumers(link, settings.prefix()).of(queue);
  }

  /** Before the first worker starts there is no group and no consumer. */
  private Uni<List<String>> consumersWithoutLease() {
    return new Reclaim(link, settings)
        .consumersWithoutLease(queue, "")
        .onFailure(QueueCheck::isGroupMissing)
        .recoverWithItem(List.of());
  }

  private static boolean isGroupMissing(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return message.startsWith("NOGROUP") || message.startsWith("ERR no such key");
  }

  private Uni<Long> recentlyDead() {
    long since = System.currentTimeMillis() - RECENT.toMillis();
    return new DeadLetters(link, settings)
        .page(
            new DeadLetterStream(queue, DeadLetterStream.Kind.DEAD),
            Optional.empty(),
            DeadLetters.PAGE_MAX)
        .map(page -> countSince(page, since));
  }

  private static long countSince(DeadLetters.Page page, long since) {
    return page.deadLetters().stream().map(DeadLetter::at).filter(at -> at >= since).count();
  }

  private Diagnosis workers(QueueStats queueStats, List<ConsumerInfo> workers) {
    long processes = workers.stream().map(ConsumerInfo::worker).distinct().count();
    if (queueStats.pause().isPresent()) {
      return Diagnosis.warn(
          subject() + " workers", "paused", "Resume it: postrider queue resume " + queue + ".");
    }
    if (processes > 0) {
      return Diagnosis.ok(subject() + " workers", processes + " alive");
    }
    boolean waits = queueStats.ready() + queueStats.pending() + queueStats.scheduled() > 0;
    String advice = "Start a worker with this queue in POSTRIDER_QUEUES.";
    return waits
        ? Diagnosis.fail(subject() + " workers", "none, but mail is waiting", advice)
        : Diagnosis.warn(subject() + " workers", "none", advice);
  }

  private Diagnosis lag(QueueStats queueStats) {
    String detail =
        "%d unread, %d in flight, the oldest for %d s"
            .formatted(
                queueStats.ready(),
                queueStats.pending(),
                queueStats.ages().oldestReady().toSeconds());
    return queueStats.ages().oldestReady().compareTo(LATE_AFTER) <= 0
        ? Diagnosis.ok(subject() + " lag", detail)
        : Diagnosis.warn(
            subject() + " lag", detail, "Start more workers, or raise POSTRIDER_CONCURRENCY.");
  }

  private Diagnosis schedule(QueueStats queueStats) {
    String detail =
        "%d for later, overdue by %d s"
            .formatted(queueStats.scheduled(), queueStats.ages().longestOverdue().toSeconds());
    return queueStats.ages().longestOverdue().compareTo(LATE_AFTER) <= 0
        ? Diagnosis.ok(subject() + " schedule", detail)
        : Diagnosis.warn(
            subject() + " schedule", detail, "Start a worker: only workers promote due mail.");
  }

  private Diagnosis abandoned(List<String> gone) {
    return gone.isEmpty()
        ? Diagnosis.ok(subject() + " abandoned", "no mail of workers without a lease")
        : Diagnosis.warn(
            subject() + " abandoned",
            "mail of " + gone.size() + " consumers without a lease",
            "Wait: a live worker reclaims it within twice POSTRIDER_LEASE_TIME; or start one.");
  }

  private Diagnosis deadLetters(QueueStats queueStats, long recent) {
    String detail =
        "%d dead, %s%d of them in the last ten minutes, %d held"
            .formatted(
                queueStats.dead(),
                recent >= DeadLetters.PAGE_MAX ? "at least " : "",
                recent,
                queueStats.held());
    return recent == 0 && queueStats.held() == 0
        ? Diagnosis.ok(subject() + " dead", detail)
        : Diagnosis.warn(
            subject() + " dead",
            detail,
            "See the reasons: postrider dead, postrider held; then retry.");
  }
}
