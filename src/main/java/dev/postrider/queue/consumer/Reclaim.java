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

  /** How long Redis records from whom mail was taken over, and who stopped in order. */
  public static final Duration RECORD_TIME = Duration.ofHours(1);

  private final Link link;
  private final QueueSettings settings;
  private final int knownFormat;
  private final PoisonMails poisonMails;

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
    this.poisonMails = new PoisonMails(link, settings);
  }

  /**
   * What one call did.
   *
   * @param reclaimed entries that the new owner has now
   * @param poisoned entries that are dead
   * @param more true if entries are left that could be taken over
   */
  public record Reclaimed(int reclaimed, int poisoned, boolean more) {

    /** True if this call changed something, so that another may, too. */
    public boolean hasProgress() {
      return reclaimed + poisoned > 0;
    }
  }

  /**
   * From whom to whom.
   *
   * @param lost the consumer that is gone
   */
  public record Takeover(String queue, String lost, String newOwner) {}

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
   * Takes over some entries, unless the consumer is alive after all.
   *
   * @param most entries to take over, at least 1; at most {@value #BATCH_MAX} in one call
   * @param forGood it has been gone for so long that it will not return; until then a mail whose
   *     readers died again and again waits, for this one may live
   */
  @CheckReturnValue
  public Uni<Reclaimed> reclaim(Takeover takeover, int most, boolean forGood) {
    Keys keys = new Keys(settings.prefix(), takeover.queue());
    return RECLAIM
        .on(
            keys.ready(),
            keys.events(),
            keys.history(),
            keys.olderHistory(),
            keys.totals(),
            keys.dead(),
            keys.lease(takeover.lost()),
            keys.consumers(),
            keys.reclaimedFrom(takeover.lost()),
            keys.cleanStop(takeover.lost()))
        .arg(Keys.GROUP)
        .arg(takeover.lost())
        .arg(takeover.newOwner())
        .arg(BATCH_MAX)
        .arg(most)
        .arg(settings.eventsMax())
        .arg(settings.historyMax())
        .arg(settings.deadLettersMax())
        .arg(PoisonMails.DEATHS_MAX)
        .arg(DeliveryCount.MARK)
        .arg(RECORD_TIME.toMillis())
        .run(link)
        .chain(reply -> withPoison(takeover, forGood, reply));
  }

  private Uni<Reclaimed> withPoison(Takeover takeover, boolean forGood, Response reply) {
    List<String> suspects = new ArrayList<>();
    reply.get(3).forEach(entry -> suspects.add(entry.toString()));
    int reclaimed = reply.get(0).toInteger();
    int deleted = reply.get(1).toInteger();
    boolean more = reply.get(2).toInteger() == 1;
    return (forGood ? poisonMails.end(takeover, suspects) : Uni.createFrom().item(0))
        .map(ended -> new Reclaimed(reclaimed, deleted + ended, more));
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
