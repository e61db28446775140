package dev.postrider.queue.consumer;

import dev.postrider.queue.EntryFormat;
import dev.postrider.queue.QueueSettings;
import dev.postrider.redis.Keys;
import dev.postrider.redis.Script;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reclaims pending entries of consumers without a lease. Idle time is not a criterion: a slow
 * server may take ten minutes.
 */
public final class Reclaim {

  private static final Script RECLAIM = Script.withCommon("reclaim");

  /** Most entries one call takes over: Redis serves no other command meanwhile. */
  private static final int BATCH_MAX = 100;

  /** Workers that may die with a mail before it counts as the cause. */
  private static final int LOST_READERS_MAX = 3;

  /** How long Redis records from whom mail was taken over, and who stopped in order. */
  public static final Duration RECORD_TIME = Duration.ofHours(1);

  private final Link link;
  private final QueueSettings settings;
  private final int knownFormat;

  public Reclaim(Link link, QueueSettings settings) {
    this(link, settings, EntryFormat.KNOWN);
  }

  /**
   * @param knownFormat newest format of entries that the new owner reads
   */
  public Reclaim(Link link, QueueSettings settings, int knownFormat) {
    this.link = link;
    this.settings = settings;
    this.knownFormat = knownFormat;
  }

  /**
   * What one call did.
   *
   * @param reclaimed entries that the new owner has now
   * @param poisoned entries that are dead, reason {@code poison}
   */
  public record Reclaimed(int reclaimed, int poisoned) {

    /** True if there may be more. */
    public boolean more() {
      return reclaimed + poisoned >= BATCH_MAX;
    }
  }

  /**
   * Consumers of a queue that hold no lease, except the new owner and those that stand for entries
   * of a newer format.
   */
  @CheckReturnValue
  public Uni<List<String>> consumersWithoutLease(String queue, String newOwner) {
    Keys keys = new Keys(settings.prefix(), queue);
    Request consumers =
        Request.cmd(Command.XINFO).arg("CONSUMERS").arg(keys.ready()).arg(Keys.GROUP);
    return link.send(consumers)
        .map(Reclaim::names)
        .map(names -> otherReadable(names, newOwner))
        .chain(names -> withoutLease(keys, names));
  }

  private List<String> otherReadable(List<String> names, String one) {
    return names.stream()
        .filter(name -> !name.equals(one) && !EntryFormat.isConsumerAbove(name, knownFormat))
        .toList();
  }

  private Uni<List<String>> withoutLease(Keys keys, List<String> names) {
    if (names.isEmpty()) {
      return Uni.createFrom().item(names);
    }
    Request leases = Request.cmd(Command.MGET);
    names.forEach(name -> leases.arg(keys.lease(name)));
    return link.send(leases).map(values -> withoutLease(names, values));
  }

  private static List<String> withoutLease(List<String> names, Response leases) {
    List<String> lost = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (leases.get(i) == null) {
        lost.add(names.get(i));
      }
    }
    return lost;
  }

  /**
   * Takes over at most {@value #BATCH_MAX} entries, unless the consumer is alive after all.
   *
   * @param forGood it has been gone for so long that it will not return; until then a mail whose
   *     readers died again and again waits, for this one may live
   */
  @CheckReturnValue
  public Uni<Reclaimed> reclaim(String queue, String lost, String newOwner, boolean forGood) {
    Keys keys = new Keys(settings.prefix(), queue);
    return RECLAIM
        .on(
            keys.ready(),
            keys.events(),
            keys.history(),
            keys.olderHistory(),
            keys.totals(),
            keys.dead(),
            keys.lease(lost),
            keys.consumers(),
            keys.reclaimedFrom(lost),
            keys.cleanStop(lost))
        .arg(Keys.GROUP)
        .arg(lost)
        .arg(newOwner)
        .arg(BATCH_MAX)
        .arg(settings.eventsMax())
        .arg(settings.historyMax())
        .arg(settings.deadLettersMax())
        .arg(LOST_READERS_MAX)
        .arg(SendIntents.RECORDED)
        .arg(forGood ? 1 : 0)
        .arg(RECORD_TIME.toMillis())
        .run(link)
        .map(reply -> new Reclaimed(reply.get(0).toInteger(), reply.get(1).toInteger()));
  }

  private static List<String> names(Response consumers) {
    List<String> names = new ArrayList<>();
    for (Response consumer : consumers) {
      for (int i = 0; i < consumer.size(); i += 2) {
        if (consumer.get(i).toString().equals("name")) {
          names.add(consumer.get(i + 1).toString());
        }
      }
    }
    return names;
  }
}
